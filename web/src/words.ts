import type { ChangeKind, Severity } from '../../models/index.ts';

export * from '../../models/words.ts';

/** The words of the pages for what the data say in codes. */

export const severityColors: Readonly<Record<Severity, string>> = { error: 'red', warning: 'gold', info: 'blue' };
export const changeColors: Readonly<Record<ChangeKind, string>> = {
  kept: 'default',
  modified: 'gold',
  dropped: 'red',
  added: 'green',
};
export const fileStateWords = { waiting: '等待读取', read: '已读取', failed: '读取失败' } as const;
/** 2 小时前, for what came in; the date where it is longer ago. */
export function agoWords(instant: string, now = Date.now()): string {
  const minutes = Math.floor((now - Date.parse(instant)) / 60_000);
  if (minutes < 1) return '刚刚';
  if (minutes < 60) return `${minutes} 分钟前`;
  if (minutes < 1_440) return `${Math.floor(minutes / 60)} 小时前`;
  return instant.slice(0, 10);
}
