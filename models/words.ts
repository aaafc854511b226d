import type { ChangeEffect, ChangeKind, CoverageState } from './comparison.ts';
import type { Extraction } from './extraction.ts';
import type { CitedDocument, Deadline, Due } from './facts.ts';
import type { Severity } from './finding.ts';
import type { AdministrativeLevel, AttachmentKind } from './notice.ts';

/** What people read, in Simplified Chinese, for the terms of the contract: the same on pages, in reports and in the terminal. */

export const levelWords: Readonly<Record<AdministrativeLevel, string>> = {
  national: '国家级',
  provincial: '省级',
  prefectural: '市级',
  county: '县级',
  township: '乡级',
};

export const severityWords: Readonly<Record<Severity, string>> = { error: '错误', warning: '存疑', info: '提示' };

export const originWords: Readonly<Record<Extraction['source']['textOrigin'], string>> = {
  text: '文字层',
  ocr: '识别',
  mixed: '文字层和识别',
};

export const changeWords: Readonly<Record<ChangeKind, string>> = {
  kept: '保留',
  modified: '修改',
  dropped: '未见',
  added: '新增',
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

/** What a lower notice did with an item of the upper one. */
export const stateWords: Readonly<Record<CoverageState, string>> = {
  kept: changeWords.kept,
  modified: changeWords.modified,
  weakened: effectWords.weakened,
  dropped: changeWords.dropped,
  'out-of-remit': effectWords['out-of-remit'],
};

export const roleWords: Readonly<Record<CitedDocument['role'], string>> = {
  basis: '依据',
  forwarded: '转发',
  law: '法律法规',
  mentioned: '提及',
};

export const attachmentWords: Readonly<Record<AttachmentKind, string>> = {
  'statistics-table': '统计表',
  plan: '方案',
  list: '清单',
  form: '表单',
  model: '范本',
  other: '其他',
};

export const assumedWords: Readonly<Record<Deadline['assumed'][number], string>> = {
  year: '年份',
  month: '月份',
  'month-end': '月末',
  'issue-date': '成文日期',
};

type Recurring = Extract<Due, { kind: 'recurring' }>;
type Relative = Extract<Due, { kind: 'relative' }>;

export const frequencyWords: Readonly<Record<Recurring['frequency'], string>> = {
  weekly: '每周',
  monthly: '每月',
  quarterly: '每季度',
  'half-yearly': '每半年',
  yearly: '每年',
};
const anchorWords: Readonly<Record<Relative['from'], string>> = {
  issue: '印发',
  receipt: '收到',
  publication: '公布',
  event: '事项发生',
};
const unitWords: Readonly<Record<Relative['unit'], string>> = { day: '日', 'working-day': '个工作日', month: '个月' };
const weekdays = ['', '一', '二', '三', '四', '五', '六', '日'] as const;

/** When something is due, in a few words: `每月25日前`, `自印发之日起10个工作日内（2025-06-30）`. */
export function dueWords(due: Due): string {
  switch (due.kind) {
    case 'date':
      return due.date;
    case 'period':
      return `${due.start ?? '即日'}至${due.end ?? '未定'}`;
    case 'relative': {
      const date = due.date === null ? '' : `（${due.date}）`;
      return `自${due.event ?? anchorWords[due.from]}之日起${due.amount}${unitWords[due.unit]}内${date}`;
    }
    case 'recurring': {
      const every = frequencyWords[due.frequency];
      if (due.day === null) return every;
      if (due.frequency === 'weekly') return `${every}${weekdays[due.day] ?? due.day}前`;
      const month = due.month === null ? '' : `${due.month}月`;
      return `${every}${month}${due.day < 0 ? '最后一日' : `${due.day}日`}前`;
    }
  }
}
