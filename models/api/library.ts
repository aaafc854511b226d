import { z } from 'zod';
import {
  AdministrativeLevel,
  Deadline,
  type ErrorCode,
  HongtouError,
  IsoDate,
  Notice,
  Region,
  Severity,
} from '../index.ts';

/**
 * What the library keeps and the API answers, for the server and for the pages. The shapes of extractions and comparisons
 * are beside this folder; these are the shapes of keeping them.
 */

/** SHA-256 of the original bytes, in hexadecimal: the same file is one entry, whatever it is called. */
export const FileId = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ id: 'FileId', title: '文件编号', description: 'SHA-256 of the original bytes, in hexadecimal.' });
export type FileId = z.infer<typeof FileId>;

export const NoticeId = z
  .string()
  .regex(/^n\d{1,4}$/)
  .meta({ id: 'NoticeId', title: '公文编号', description: 'Id of a notice within its file: n1, n2 …' });

const Instant = z.string().meta({ description: 'ISO 8601, UTC.' });

/** Every failure, wherever it is shown: what happened and why, what to do. */
export const Problem = z
  .object({
    code: z.string().meta({ description: 'Permanent.', examples: ['FILE_EMPTY'] }),
    message: z.string().meta({ description: 'What happened and why.' }),
    hint: z.string().meta({ description: 'What to do.' }),
    issues: z
      .array(z.object({ path: z.string(), message: z.string() }).readonly())
      .readonly()
      .meta({ description: 'Single faults of the input; empty where there is only the one above.' }),
  })
  .readonly()
  .meta({ id: 'Problem', title: '问题' });
export type Problem = z.infer<typeof Problem>;

/** The problem that an error of ours tells; undefined for a fault of the program, which belongs in the log. */
export function problemOf(error: unknown): Problem | undefined {
  return error instanceof HongtouError
    ? { code: error.code, message: error.message, hint: error.hint, issues: [] }
    : undefined;
}

/** A problem with one of the catalogue's codes. */
export function problem<C extends ErrorCode>(
  code: C,
  parameters: ConstructorParameters<typeof HongtouError<C>>[1],
): Problem {
  const error = new HongtouError(code, parameters);
  return { code: error.code, message: error.message, hint: error.hint, issues: [] };
}

/** One notice in a list: what a clerk recognises it by. */
export const NoticeSummary = z
  .object({
    fileId: FileId,
    noticeId: z.string(),
    forwards: z.string().nullable(),
    fileName: z.string(),
    documentType: z.string().nullable(),
    documentNumber: z.string().nullable(),
    issuingBody: z.string().nullable(),
    title: z.string().nullable(),
    administrativeLevel: AdministrativeLevel.nullable(),
    region: Region.nullable(),
    issueDate: z.string().nullable(),
    campaign: z.string().nullable(),
    securityLevel: z.string().nullable(),
    disclosure: z.string().nullable(),
    restricted: z
      .boolean()
      .meta({ description: 'It carries a 密级 or is not for publication (不予公开): mark it wherever it is shown.' }),
    counts: z
      .object({
        focusItems: z.int(),
        deadlines: z.int(),
        targets: z.int(),
        attachments: z.int(),
        findings: z.int().meta({ description: 'In the whole file.' }),
      })
      .readonly(),
    gravestFinding: Severity.nullable().meta({ description: 'Gravest finding in the whole file.' }),
    snippet: z.string().nullable().meta({ description: 'Where the search found it; null without a search.' }),
  })
  .readonly()
  .meta({ id: 'NoticeSummary', title: '公文摘要' });
export type NoticeSummary = z.infer<typeof NoticeSummary>;

/** What the notices of the library can be narrowed down by, with how many there are of each; most frequent first. */
export const Facets = z
  .object({
    regions: z.array(z.object({ code: z.string(), name: z.string(), count: z.int() }).readonly()).readonly(),
    documentTypes: z.array(z.object({ value: z.string(), count: z.int() }).readonly()).readonly(),
    campaigns: z.array(z.object({ value: z.string(), count: z.int() }).readonly()).readonly(),
  })
  .readonly()
  .meta({ id: 'Facets', title: '筛选项' });
export type Facets = z.infer<typeof Facets>;

export const LibraryFile = z
  .object({
    fileId: FileId,
    fileName: z.string().meta({ description: 'As first submitted; for people, never a path.' }),
    byteLength: z.int(),
    mediaType: z.string().nullable().meta({ description: 'By content; null until read.' }),
    receivedAt: Instant,
    receivedBy: z.string().meta({ description: 'The actor who submitted it.' }),
    state: z.enum(['waiting', 'read', 'failed']).meta({
      description: 'waiting: not read yet; read: it has a whole extraction; failed: it could not be read, see problem.',
    }),
    problem: Problem.nullable().meta({ description: 'Why it could not be read.' }),
    extractedAt: Instant.nullable(),
    extractorVersion: z.string().nullable(),
    correctedAt: Instant.nullable().meta({
      description: 'When somebody last corrected it, or took a correction back.',
    }),
    deletedAt: Instant.nullable(),
    purgeAt: Instant.nullable().meta({ description: 'When the deletion becomes final.' }),
    noticeCount: z.int(),
    restricted: z.boolean().meta({
      description: 'One of its notices carries a 密级 or is not for publication: mark it wherever it is shown.',
    }),
  })
  .readonly()
  .meta({ id: 'LibraryFile', title: '入库文件' });
export type LibraryFile = z.infer<typeof LibraryFile>;

/** A part of a notice that people may correct: a field of it as the model names it. */
export const CorrectedField = Notice.unwrap()
  .keyof()
  .exclude(['id', 'forwards'])
  .meta({ id: 'CorrectedField', title: '更正项' });

export const NewCorrection = z
  .strictObject({
    field: CorrectedField,
    quote: z.string().max(10_000).nullable().default(null).meta({
      description:
        'Of a list, the words in which the item stands, from its evidence; null: the whole field, or a new item.',
    }),
    value: z
      .json()
      .meta({ description: 'What it should be, in the shape of the field or of its items; null: there is none.' }),
    before: z.json().default(null).meta({
      description:
        'What stood there when it was corrected; of a list, it tells items apart that stand in the same words, and names one that has no words.',
    }),
    note: z.string().max(2_000).nullable().default(null).meta({ description: 'Why.' }),
    person: z.string().trim().min(1).max(50).nullable().default(null).meta({
      description: 'Who says so, as they call themselves; the actor is who the server knows.',
    }),
  })
  .readonly()
  .meta({ id: 'NewCorrection', title: '新更正' });
export type NewCorrection = z.infer<typeof NewCorrection>;

export const Correction = z
  .object({
    correctionId: z.int(),
    fileId: FileId,
    noticeId: z.string(),
    field: CorrectedField,
    quote: z.string().nullable(),
    value: z.json(),
    before: z.json(),
    note: z.string().nullable(),
    person: z.string().nullable(),
    actor: z.string(),
    at: Instant,
    withdrawnAt: Instant.nullable().meta({ description: 'When it was taken back; then it no longer holds.' }),
    withdrawnBy: z.string().nullable(),
  })
  .readonly()
  .meta({ id: 'Correction', title: '更正' });
export type Correction = z.infer<typeof Correction>;

/** Where corrections show in a notice as it is served, and what was read there. */
export const CorrectionMark = z
  .object({
    field: CorrectedField,
    index: z.int().nullable().meta({ description: 'Of a list, the item; null: the whole field, or it was removed.' }),
    removed: z.boolean(),
    correctionIds: z
      .array(z.int())
      .readonly()
      .meta({ description: 'In the order they were made; the last one holds.' }),
    read: z.json().meta({ description: 'What was read; null: nothing was.' }),
  })
  .readonly()
  .meta({ id: 'CorrectionMark', title: '更正处' });
export type CorrectionMark = z.infer<typeof CorrectionMark>;

export const JobState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);
export type JobState = z.infer<typeof JobState>;

/** Every kind of job has exactly one handler; see jobs/runner.ts. */
export const JobKind = z.enum(['extract']);
export type JobKind = z.infer<typeof JobKind>;

export const JobProgress = z
  .object({ page: z.int(), pageCount: z.int(), stage: z.string() })
  .readonly()
  .meta({ id: 'JobProgress', title: '进度' });
export type JobProgress = z.infer<typeof JobProgress>;

export const Job = z
  .object({
    jobId: z.int(),
    kind: JobKind,
    fileId: FileId,
    fileName: z.string(),
    state: JobState,
    attempt: z.int().meta({ description: 'How often it was begun.' }),
    progress: JobProgress.nullable(),
    problem: Problem.nullable().meta({
      description: 'Why it failed, or why the last attempt did and it waits for the next.',
    }),
    actor: z.string(),
    createdAt: Instant,
    runAt: Instant.meta({ description: 'Not begun before.' }),
    finishedAt: Instant.nullable(),
  })
  .readonly()
  .meta({ id: 'Job', title: '任务' });
export type Job = z.infer<typeof Job>;

/** Whether a job will change no more. */
export function isFinal(state: JobState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

/** Something that is owed on a day, with the notice that says so. */
export const UpcomingDeadline = z
  .object({
    date: IsoDate,
    fileId: FileId,
    noticeId: z.string(),
    documentNumber: z.string().nullable(),
    noticeTitle: z.string().nullable(),
    issuingBody: z.string().nullable(),
    restricted: z.boolean().meta({ description: 'Its notice carries a 密级 or is not for publication.' }),
    deadline: Deadline,
  })
  .readonly()
  .meta({ id: 'UpcomingDeadline', title: '将到期限' });
export type UpcomingDeadline = z.infer<typeof UpcomingDeadline>;
