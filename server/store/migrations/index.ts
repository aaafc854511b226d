import type { Knex } from 'knex';
import { library } from './001-library.ts';
import { jobs } from './002-jobs.ts';
import { corrections } from './003-corrections.ts';
import { lanes } from './004-lanes.ts';
import { review } from './005-review.ts';
import { campaigns } from './006-campaigns.ts';
import { deadlines } from './007-deadlines.ts';
import { collections } from './008-collections.ts';
import { campaignKeys } from './009-campaign-keys.ts';

/**
 * The steps that make the database what it is, in order. A step that was published is never changed: add another.
 * Each runs inside one transaction with all that are still to be taken.
 */
export const migrations: readonly ((transaction: Knex.Transaction) => Promise<void>)[] = [
  library,
  jobs,
  corrections,
  lanes,
  review,
  campaigns,
  deadlines,
  collections,
  campaignKeys,
];
