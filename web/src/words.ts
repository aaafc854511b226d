import type { Job } from '../../models/api/library.ts';
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
const actors: Readonly<Record<string, string>> = { local: '本机', token: '持口令者', cli: '命令行', server: '系统' };

/** Who did something: the name they gave, or who the server knows. */
export function whoWords(person: string | null, actor: string): string {
  return person ?? actors[actor] ?? actor;
}

/** 4月2日 09:30, with the year where it is another one. */
export function timeWords(instant: string, now = new Date()): string {
  const at = new Date(instant);
  const day = `${at.getMonth() + 1}月${at.getDate()}日 ${two(at.getHours())}:${two(at.getMinutes())}`;
  return at.getFullYear() === now.getFullYear() ? day : `${at.getFullYear()}年${day}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

const stages: Readonly<Record<string, string>> = { read: '读取', recognize: '识别', extract: '提取' };

/** How far a job is, in words. */
export function progressWords(job: Job | null): string {
  if (job === null || job.state === 'queued') return '等待读取';
  if (job.state === 'done') return '已读取';
  if (job.state === 'failed') return '读取失败';
  if (job.state === 'cancelled') return '已取消';
  const { progress } = job;
  if (progress === null || progress.pageCount === 0) return '正在读取';
  return `正在${stages[progress.stage] ?? '读取'}第 ${progress.page} / ${progress.pageCount} 页`;
}

/** How far a job is, of 100. */
export function progressShare(job: Job | null): number {
  if (job === null || job.state === 'queued') return 10;
  if (job.state !== 'running') return 100;
  const { page = 0, pageCount = 0 } = job.progress ?? {};
  return pageCount === 0 ? 20 : 15 + Math.round((80 * page) / pageCount);
}

/** 2 小时前, for what came in; the date where it is longer ago. */
export function agoWords(instant: string, now = Date.now()): string {
  const minutes = Math.floor((now - Date.parse(instant)) / 60_000);
  if (minutes < 1) return '刚刚';
  if (minutes < 60) return `${minutes} 分钟前`;
  if (minutes < 1_440) return `${Math.floor(minutes / 60)} 小时前`;
  return instant.slice(0, 10);
}

/** How large a file is. */
export function sizeWords(bytes: number): string {
  if (bytes < 1_024) return `${bytes} 字节`;
  return bytes < 1_048_576 ? `${(bytes / 1_024).toFixed(0)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}
