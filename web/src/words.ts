import type {
  AdministrativeLevel,
  AttachmentKind,
  ChangeEffect,
  ChangeKind,
  CitedDocument,
  Deadline,
  Due,
  Severity,
} from '../../models/index.ts';

/** The words of the pages for what the data say in codes. */

export const levelWords: Readonly<Record<AdministrativeLevel, string>> = {
  national: '国家级',
  provincial: '省级',
  prefectural: '市级',
  county: '县级',
  township: '乡级',
};
export const severityWords: Readonly<Record<Severity, string>> = { error: '错误', warning: '存疑', info: '提示' };
export const severityColors: Readonly<Record<Severity, string>> = { error: 'red', warning: 'gold', info: 'blue' };
export const changeWords: Readonly<Record<ChangeKind, string>> = {
  kept: '保留',
  modified: '修改',
  dropped: '未保留',
  added: '新增',
};
export const changeColors: Readonly<Record<ChangeKind, string>> = {
  kept: 'default',
  modified: 'gold',
  dropped: 'red',
  added: 'green',
};
export const effectWords: Readonly<Record<ChangeEffect, string>> = {
  moved: '移位',
  split: '拆分',
  merged: '合并',
  strengthened: '加强',
  weakened: '放宽',
  'number-changed': '数字有变',
  'date-earlier': '日期提前',
  'date-later': '日期推后',
  'scope-narrowed': '范围缩小',
  'scope-widened': '范围扩大',
  'out-of-remit': '不在职权内',
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
export const originWords = { text: '文字层', ocr: '识别', mixed: '文字层和识别' } as const;
export const fileStateWords = { waiting: '等待读取', read: '已读取', failed: '读取失败' } as const;
export const assumedWords: Readonly<Record<Deadline['assumed'][number], string>> = {
  year: '年份',
  month: '月份',
  'month-end': '月末',
  'issue-date': '成文日期',
};

const frequencies = {
  weekly: '每周',
  monthly: '每月',
  quarterly: '每季度',
  'half-yearly': '每半年',
  yearly: '每年',
} as const;
const anchors = { issue: '印发', receipt: '收到', publication: '公布', event: '事项发生' } as const;
const units = { day: '日', 'working-day': '个工作日', month: '个月' } as const;
const weekdays = ['', '一', '二', '三', '四', '五', '六', '日'] as const;

/** When something is due, in a few words. */
export function dueWords(due: Due): string {
  if (due.kind === 'date') return due.date;
  if (due.kind === 'period') return `${due.start ?? '即日'} 至 ${due.end ?? '未定'}`;
  if (due.kind === 'relative') {
    const date = due.date === null ? '' : `（${due.date}）`;
    return `${due.event ?? anchors[due.from]}之日起 ${due.amount} ${units[due.unit]}内${date}`;
  }
  const frequency = frequencies[due.frequency];
  if (due.day === null) return frequency;
  if (due.frequency === 'weekly') return `${frequency}${weekdays[due.day] ?? ''}前`;
  const month = due.month === null ? '' : ` ${due.month} 月`;
  return `${frequency}${month}${due.day < 0 ? '末日' : ` ${due.day} 日`}前`;
}

/** 2 小时前, for what came in; the date where it is longer ago. */
export function agoWords(instant: string, now = Date.now()): string {
  const minutes = Math.floor((now - Date.parse(instant)) / 60_000);
  if (minutes < 1) return '刚刚';
  if (minutes < 60) return `${minutes} 分钟前`;
  if (minutes < 1_440) return `${Math.floor(minutes / 60)} 小时前`;
  return instant.slice(0, 10);
}
