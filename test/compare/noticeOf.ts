import { parseAnnotated } from '../../corpus/cascades/annotated.ts';
import type { Notice } from '../../models/notice.ts';
import type { ComparedNotice } from '../../pipeline/compare/compareNotices.ts';

export interface NoticeParts {
  readonly body?: string;
  readonly level?: string;
  readonly region?: string;
  readonly number?: string;
  readonly title?: string;
  readonly date?: string;
  readonly campaign?: string;
  /** The body, with marks (`corpus/cascades/annotated.ts`). */
  readonly text?: string;
}

/** A notice made of the parts that a test is about. */
export function noticeWith(parts: NoticeParts, id = 'n1'): Notice {
  const head = [
    `机关：${parts.body ?? '青原省应急管理厅'}`,
    ...(parts.number ? [`文号：${parts.number}`] : []),
    `层级：${parts.level ?? 'provincial'}`,
    ...(parts.region ? [`区划：${parts.region}`] : []),
    `标题：${parts.title ?? '关于开展专项检查的通知'}`,
    '主送：各有关单位',
    `日期：${parts.date ?? '2024年3月1日'}`,
    ...(parts.campaign ? [`行动：${parts.campaign}`] : []),
  ];
  return parseAnnotated(`${head.join('\n')}\n\n${parts.text ?? '现将有关事项通知如下。'}`, id).notice;
}

export const compared = (parts: NoticeParts, fileName = 'notice.txt'): ComparedNotice => ({
  fileName,
  notice: noticeWith(parts),
});
