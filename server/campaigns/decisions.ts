import type { Knex } from 'knex';
import type { StoredLinkDecision } from '../../models/api/campaign.ts';
import { HongtouError, LinkDecision, LinkRelation } from '../../models/index.ts';
import { type Database, write } from '../store/database.ts';
import { amongJson } from './among.ts';
import type { CampaignStore } from './campaignStore.ts';

interface DecisionRow {
  readonly id: number;
  readonly decision: string;
  readonly from_member: string;
  readonly to_id: string;
  readonly relation: string | null;
  readonly note: string | null;
  readonly actor: string;
  readonly at: string;
  readonly undone_at: string | null;
  readonly undone_by: string | null;
}

/** Links anew what depends on these members, in a transaction that holds the write lock. */
export type RelinkMembers = (transaction: Knex.Transaction, members: readonly string[]) => Promise<void>;

type DecisionMethods = Pick<CampaignStore, 'listDecisions' | 'decide' | 'undo'>;

/** The part of the store of campaigns that keeps what people say of links. */
export function decisionMethods(database: Database, now: () => Date, relink: RelinkMembers): DecisionMethods {
  return {
    async listDecisions(members) {
      const rows = await decisionRows(database.reader, members);
      return rows.map(toStored);
    },
    async decide({ decision, from, to, relation, note }, actor) {
      if (from === to)
        throw new HongtouError('NOT_ALLOWED', { what: 'A link of a notice', reason: 'it is the same one' });
      return write(database, async (transaction) => {
        await mustBeThere(transaction, from);
        if (!to.startsWith('missing:')) await mustBeThere(transaction, to);
        const row = {
          decision,
          from_member: from,
          to_id: to,
          relation: relation ?? null,
          note,
          actor,
          at: now().toISOString(),
          undone_at: null,
          undone_by: null,
        };
        const [id] = await transaction('link_decision').insert(row);
        await relink(transaction, [from, to]);
        return toStored({ ...row, id: Number(id) });
      });
    },
    async undo(decisionId, actor) {
      return write(database, async (transaction) => {
        const row: DecisionRow | undefined = await transaction('link_decision').where('id', decisionId).first();
        if (row === undefined) throw new HongtouError('NOT_FOUND', { what: `Decision ${decisionId}` });
        if (row.undone_at !== null) return toStored(row);
        const undone = { undone_at: now().toISOString(), undone_by: actor };
        await transaction('link_decision').where('id', decisionId).update(undone);
        await relink(transaction, [row.from_member, row.to_id]);
        return toStored({ ...row, ...undone });
      });
    },
  };
}

async function mustBeThere(transaction: Knex.Transaction, member: string): Promise<void> {
  const row: unknown = await transaction('link_member').where({ member }).first('member');
  if (row === undefined) throw new HongtouError('NOT_FOUND', { what: `Notice ${member}` });
}

/** Decisions that speak of any of these. */
async function decisionRows(source: Knex, members: readonly string[]): Promise<readonly DecisionRow[]> {
  const list = JSON.stringify(members);
  return source('link_decision')
    .whereRaw(amongJson('from_member'), [list])
    .orWhereRaw(amongJson('to_id'), [list])
    .orderBy('id');
}

/** What holds of these members' links now, in the order it was said. */
export async function standingDecisions(
  transaction: Knex.Transaction,
  members: readonly string[],
): Promise<readonly LinkDecision[]> {
  const rows = await decisionRows(transaction, members);
  return rows
    .filter((row) => row.undone_at === null)
    .map((row) =>
      LinkDecision.parse({
        decision: row.decision,
        from: row.from_member,
        to: row.to_id,
        ...(row.relation !== null && { relation: row.relation }),
      }),
    );
}

function toStored(row: DecisionRow): StoredLinkDecision {
  return {
    decisionId: row.id,
    decision: LinkDecision.unwrap().shape.decision.parse(row.decision),
    from: row.from_member,
    to: row.to_id,
    relation: LinkRelation.nullable().parse(row.relation),
    note: row.note,
    actor: row.actor,
    at: row.at,
    undoneAt: row.undone_at,
    undoneBy: row.undone_by,
  };
}
