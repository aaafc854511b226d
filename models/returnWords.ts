import type { ReportStatus } from './collection.ts';

/** What people read, in Simplified Chinese, of returns: on pages and in reports. Nothing else stands here, so that a page can take it alone. */

/** The status in words. */
export const reportStatusText: Readonly<Record<ReportStatus, string>> = {
  'on-time': '按时',
  late: '迟报',
  received: '已报',
  pending: '未到期',
  missing: '未报',
  'old-version': '旧版表样',
  rejected: '退回',
};

/** Codes of what can be wrong with a return. A code, once published, never changes. */
export const returnIssueCodes = {
  'form-unknown': '不是本次收集的表',
  'stale-version': '表样版本已过期',
  'unit-missing': '未填填报单位',
  'unit-unknown': '填报单位不在名单内',
  'unit-mismatch': '填报单位与表样不符',
  'period-missing': '未填报告期',
  'period-wrong': '报告期不符',
  'period-mismatch': '报告期与表样不符',
  'label-changed': '标目被改动',
  'row-missing': '缺少行',
  'row-unknown': '多出的行',
  'row-moved': '行序变动',
  'column-missing': '缺少列',
  'column-moved': '列序变动',
  'not-a-number': '不是数字',
  'not-whole': '不是整数',
  negative: '不应为负数',
  'out-of-range': '超出范围',
  'not-a-date': '不是日期',
  'not-a-choice': '不在可选项内',
  'text-too-long': '文字过长',
  'cell-error': '公式出错',
  'not-applicable-filled': '不适用的格填了数',
  'total-mismatch': '合计不符',
  'total-without-parts': '只填了合计',
  'check-failed': '审核关系不成立',
  'cumulative-less': '累计数小于本期数',
  'cumulative-decreased': '累计数比上期减少',
  'cumulative-mismatch': '累计数与历次之和不符',
  'formula-in-text': '文字格里是公式',
  'number-adapted': '数字写法不规范',
  'empty-return': '没有填写任何数据',
  'duplicate-return': '重复报送',
  corrected: '更正',
  'older-than-current': '早于已收的报送',
  'holidays-unknown': '节假日安排未公布',
} as const satisfies Record<string, string>;
export type ReturnIssueCode = keyof typeof returnIssueCodes;
