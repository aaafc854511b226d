import { z } from 'zod';
import { AdministrativeLevel, CopyGroup, type CoverageState, NoticeRef, Region } from '../index.ts';
import { CampaignId } from './campaign.ts';
import { Problem } from './library.ts';

/** What the API says of a matrix: slim enough for hundreds of lower notices; a pair in full is a comparison. */

/** `<file id>` or `<file id>.<notice id>`; without the latter the notice that holds the content. */
export const NoticeAddress = z
  .string()
  .regex(/^[0-9a-f]{64}(\.n\d{1,4})?$/)
  .meta({ description: 'FILE or FILE.n2: a notice of a file; without .n2 the one that holds the content.' });

/** Lower notices that one matrix takes. */
export const mostLowers = 5_000;

/** Which notices are compared: those named, those below in the tree of a campaign, or those of the library that fit. */
export const NewMatrix = z
  .strictObject({
    upper: NoticeAddress.optional().meta({
      description: 'Not needed with a campaign: there it is the notice with most others below it.',
    }),
    lowers: z.array(NoticeAddress).max(mostLowers).readonly().default([]),
    campaign: CampaignId.optional().meta({ description: 'All notices that came of the upper one in this campaign.' }),
    year: z.int().optional().meta({ description: 'Of the campaign; the latest where not given.' }),
    level: AdministrativeLevel.optional().meta({ description: 'Of the lower notices.' }),
    region: z
      .string()
      .regex(/^\d{1,12}$/)
      .optional()
      .meta({ description: 'GB/T 2260 code or its beginning: where the lower notices, and one not named above, are.' }),
    q: z.string().max(200).optional().meta({ description: 'Words that must all occur in the file.' }),
  })
  .refine(({ upper, campaign }) => upper !== undefined || campaign !== undefined, {
    message: 'upper or campaign is needed',
  })
  .refine(({ campaign, q }) => campaign === undefined || q === undefined, { message: 'q does not go with a campaign' })
  .readonly()
  .meta({ id: 'NewMatrix', title: '新落实矩阵' });
export type NewMatrix = z.infer<typeof NewMatrix>;

/** One letter for each state, so that a row of the matrix is one short text. */
export const stateLetters: Readonly<Record<CoverageState, string>> = {
  kept: 'k',
  modified: 'm',
  weakened: 'w',
  dropped: 'd',
  'out-of-remit': 'o',
};

const Counts = z
  .object({ kept: z.int(), modified: z.int(), weakened: z.int(), dropped: z.int(), outOfRemit: z.int() })
  .readonly();

export const MatrixLine = z
  .object({
    address: NoticeAddress,
    notice: NoticeRef,
    region: Region.nullable(),
    cells: z
      .string()
      .meta({ description: 'A letter per item: k kept, m modified, w weakened, d dropped, o out of remit.' }),
    counts: Counts,
    coverage: z.number(),
    added: z.int(),
    lateDeadlines: z.int(),
  })
  .readonly()
  .meta({ id: 'MatrixLine', title: '落实矩阵的一行' });
export type MatrixLine = z.infer<typeof MatrixLine>;

export const Matrix = z
  .object({
    matrixId: z.string(),
    state: z.enum(['running', 'done', 'failed']),
    done: z.int(),
    total: z.int(),
    problem: Problem.nullable(),
    upperAddress: NoticeAddress,
    upper: NoticeRef.nullable(),
    items: z
      .array(
        z
          .object({ id: z.string(), text: z.string(), subject: z.string().nullable(), action: z.string().nullable() })
          .readonly(),
      )
      .readonly(),
    rows: z.array(MatrixLine).readonly().meta({ description: 'Empty until it is done.' }),
    itemCounts: z.array(Counts).readonly(),
    added: z
      .array(
        z.object({ text: z.string(), subject: z.string().nullable(), rows: z.array(z.int()).readonly() }).readonly(),
      )
      .readonly(),
    copies: z.array(CopyGroup).readonly(),
    copiedFromUpper: z.array(z.int()).readonly(),
    unread: z
      .array(z.object({ address: NoticeAddress, problem: Problem }).readonly())
      .readonly()
      .meta({ description: 'Notices that could not be compared, and why.' }),
  })
  .readonly()
  .meta({ id: 'Matrix', title: '落实矩阵（概览）' });
export type Matrix = z.infer<typeof Matrix>;
