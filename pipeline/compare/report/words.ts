import type { ChangeEffect, NoticeRef } from '../../../models/comparison.ts';
import { effectWords } from '../../../models/words.ts';

/** What reports say for the terms of the model; readers see Simplified Chinese. */

export const printEffects = (effects: readonly ChangeEffect[]) =>
  effects.map((effect) => effectWords[effect]).join('、');

/** How a report calls a notice: number and title, or the file where it has neither. */
export function printNotice(notice: NoticeRef): string {
  const parts = [notice.title, notice.documentNumber === null ? null : `（${notice.documentNumber}）`];
  return parts.filter((part) => part !== null).join('') || notice.fileName;
}
