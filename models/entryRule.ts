import type { EntryRule } from './template.ts';

/** The rule in words, for messages and prompts: 不小于0的整数（单位：家） */
export function ruleText(rule: EntryRule): string {
  const unit = rule.unit === null || rule.type === 'percent' ? '' : `（单位：${rule.unit}）`;
  switch (rule.type) {
    case 'whole':
      return `${rule.min === 0 ? '不小于0的' : ''}整数${unit}`;
    case 'decimal':
      return `${rule.min === 0 ? '不小于0的' : ''}数字${unit}`;
    case 'percent':
      return rule.min === null
        ? '百分数，只填数字，可为负数'
        : `${rule.min}至${rule.max}之间的数字（单位：${rule.unit ?? '%'}）`;
    case 'date':
      return '日期，如2025-06-17';
    case 'choice':
      return `“${rule.options.join('”或“')}”`;
    case 'text':
      return `不超过${rule.maxLength}字的文字`;
  }
}

/** True for figures that may be added up over rows, units and periods. */
export function isAdditive(rule: EntryRule | null): boolean {
  return rule?.type === 'whole' || (rule?.type === 'decimal' && rule.unit !== '℃' && rule.unit !== '倍');
}
