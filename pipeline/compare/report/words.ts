import type { ChangeEffect, ChangeKind, CoverageState, NoticeRef } from '../../../models/comparison.ts';
import type { Due } from '../../../models/facts.ts';

/** What reports say for the terms of the model; readers see Simplified Chinese. */

export const changeWords: Readonly<Record<ChangeKind, string>> = {
  kept: '保留',
  modified: '修改',
  dropped: '未见',
  added: '新增',
};

export const stateWords: Readonly<Record<CoverageState, string>> = {
  kept: '保留',
  modified: '修改',
  weakened: '弱化',
  dropped: '未见',
  'out-of-remit': '不属职责',
};

export const effectWords: Readonly<Record<ChangeEffect, string>> = {
  moved: '移位',
  split: '拆分',
  merged: '合并',
  strengthened: '加强',
  weakened: '弱化',
  'number-changed': '数字变化',
  'date-earlier': '时限提前',
  'date-later': '时限推后',
  'scope-narrowed': '范围缩小',
  'scope-widened': '范围扩大',
  'out-of-remit': '不属职责',
};

export const printEffects = (effects: readonly ChangeEffect[]) =>
  effects.map((effect) => effectWords[effect]).join('、');

const frequencyWords = {
  weekly: '每周',
  monthly: '每月',
  quarterly: '每季度',
  'half-yearly': '每半年',
  yearly: '每年',
};
const weekdays = ['一', '二', '三', '四', '五', '六', '日'];

/** A due date as a clerk reads it. */
export function printDue(due: Due): string {
  switch (due.kind) {
    case 'date':
      return due.date;
    case 'recurring': {
      if (due.frequency === 'weekly') return due.day === null ? '每周' : `每周${weekdays[due.day - 1] ?? due.day}`;
      const month = due.month === null ? '' : `${due.month}月`;
      const day = due.day === null ? '' : due.day < 0 ? '最后一日' : `${due.day}日`;
      return `${frequencyWords[due.frequency]}${month}${day}前`;
    }
    case 'relative': {
      const unit = due.unit === 'day' ? '日' : due.unit === 'working-day' ? '个工作日' : '个月';
      const from = { issue: '印发', receipt: '收到', publication: '公布', event: due.event ?? '该事项' }[due.from];
      return `自${from}之日起${due.amount}${unit}内${due.date === null ? '' : `（${due.date}）`}`;
    }
    default:
      return `${due.start ?? ''}至${due.end ?? ''}`;
  }
}

/** How a report calls a notice: number and title, or the file where it has neither. */
export function printNotice(notice: NoticeRef): string {
  const parts = [notice.title, notice.documentNumber === null ? null : `（${notice.documentNumber}）`];
  return parts.filter((part) => part !== null).join('') || notice.fileName;
}
