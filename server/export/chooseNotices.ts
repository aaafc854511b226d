import type { FileId, NoticeSummary } from '../../models/api/library.ts';
import { HongtouError } from '../../models/index.ts';
import type { NoticeQuery, Store } from '../store/store.ts';

/** A file of the library, or one notice of it. */
export interface NoticeAddress {
  readonly fileId: FileId;
  /** null: all notices of the file. */
  readonly noticeId: string | null;
}

/** What to export: what a list shows, or what is asked for by name. */
export type ExportChoice =
  | { readonly filter: Omit<NoticeQuery, 'limit' | 'offset' | 'fileIds'> }
  | { readonly named: readonly NoticeAddress[] };

export interface ChosenNotices {
  readonly notices: readonly NoticeSummary[];
  /** How many were left out because they carry a 密级 or are not for publication. Those asked for by name never are. */
  readonly leftOut: number;
}

/** More than anybody reads; a filter that says nothing must not copy a library for hours. */
export const mostNotices = 5_000;

/** Throws NOT_FOUND for a name that is not there, BAD_REQUEST for more than `mostNotices`. */
export async function chooseNotices(store: Store, choice: ExportChoice): Promise<ChosenNotices> {
  if ('filter' in choice) {
    const { items, total } = await store.listNotices({ ...choice.filter, limit: mostNotices, offset: 0 });
    if (total > mostNotices) throw tooMany(total);
    const notices = items.filter((notice) => !notice.restricted);
    return { notices, leftOut: items.length - notices.length };
  }
  const fileIds = [...new Set(choice.named.map(({ fileId }) => fileId))];
  const { items, total } = await store.listNotices({ fileIds, limit: mostNotices, offset: 0 });
  if (total > mostNotices) throw tooMany(total);
  const isMeant = (notice: NoticeSummary) => (one: NoticeAddress) =>
    one.fileId === notice.fileId && (one.noticeId === null || one.noticeId === notice.noticeId);
  const missing = choice.named.find((one) => !items.some((notice) => isMeant(notice)(one)));
  if (missing !== undefined) {
    const what = missing.noticeId === null ? '' : `Notice ${missing.noticeId} of `;
    throw new HongtouError('NOT_FOUND', { what: `${what}${what === '' ? 'File' : 'file'} ${missing.fileId}` });
  }
  return { notices: items.filter((notice) => choice.named.some(isMeant(notice))), leftOut: 0 };
}

function tooMany(total: number): HongtouError {
  const reason = `it means ${total} notices, and at most ${mostNotices} are exported at once; narrow the filter`;
  return new HongtouError('BAD_REQUEST', { reason });
}
