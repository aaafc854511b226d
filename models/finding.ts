import { z } from 'zod';
import { Evidence } from './evidence.ts';

export const Severity = z.enum(['error', 'warning', 'info']);
export type Severity = z.infer<typeof Severity>;

/** The codes of findings. A code, once published, never changes. */
export const findingCodes = {
  'attachment-reference': '附件引用不符',
  'deadline-before-issue': '期限早于印发',
  'deadline-before-campaign-end': '总结期限早于行动结束',
  'conflicting-deadlines': '同一任务期限不一',
  'document-number-format': '发文字号不规范',
  'issuing-body-mismatch': '发文机关不一致',
  'heading-numbering': '层次序号有误',
  'contact-missing': '缺少联系人',
  'table-totals': '表内合计不符',
  'seal-signature-mismatch': '印章与署名不符',
  'deadline-after-upper-deadline': '期限晚于上级期限',
} as const satisfies Record<string, string>;
export type FindingCode = keyof typeof findingCodes;

/** What a careful clerk would query in the notice itself. */
export const Finding = z
  .object({
    code: z.string().meta({ examples: Object.keys(findingCodes) }),
    severity: Severity,
    message: z.string(),
    evidence: z.array(Evidence).readonly(),
    about: z.string().optional().meta({
      description:
        'What is printed and no fact accounts for: the number of an attachment that the body names, the name in a signature or on a seal.',
    }),
  })
  .readonly()
  .meta({ id: 'Finding', title: '疑点' });
export type Finding = z.infer<typeof Finding>;

/** How reading went: travels with the value, never stops it. */
export const Diagnostic = z
  .object({
    code: z.string(),
    severity: Severity,
    message: z.string(),
    page: z.int().min(1).nullable(),
  })
  .readonly()
  .meta({ id: 'Diagnostic', title: '阅读情况' });
export type Diagnostic = z.infer<typeof Diagnostic>;
