import type { NoticeSummary } from '../../../models/api/library.ts';

/** `<file id>.<notice id>`: how the addresses of the API and of the pages name a notice. */
export function noticeKey({ fileId, noticeId }: Pick<NoticeSummary, 'fileId' | 'noticeId'>): string {
  return `${fileId}.${noticeId}`;
}
