import { type Period, periodParts, periodText } from '../../models/index.ts';

/** A blank of a title: X月, ×月, （ ）, ____ */
const blank = '[\\s_＿XxＸｘ×＊*〇○]*';
const year = `(?:20\\d{2}|20[XxＸｘ×*\\s_＿]{1,4}|${blank})`;
const slots: readonly (readonly [RegExp, (period: Period) => string | null])[] = [
  [
    new RegExp(`(?:${year}年度?\\s*第?|第)[（(]?${blank}[)）]?季度`),
    (period) => {
      const { frequency, year: of, index } = periodParts(period);
      return frequency === 'quarterly' ? `${of}年第${index}季度` : null;
    },
  ],
  [
    new RegExp(`${year}年\\s*[（(]?${blank}[)）]?月(?:份)?(?![\\d至-])`),
    (period) => (['monthly', 'daily'].includes(periodParts(period).frequency) ? periodText(period) : null),
  ],
  [
    /[XxＸｘ×_＿]{1,4}\s*月(?:份)?(?![\d至-])/,
    (period) => {
      const { frequency, index } = periodParts(period);
      return frequency === 'monthly' ? `${index}月` : null;
    },
  ],
  [
    new RegExp(`${year}年\\s*第[（(]?${blank}[)）]?周`),
    (period) => (periodParts(period).frequency === 'weekly' ? periodText(period) : null),
  ],
  [
    /第[（(]?[XxＸｘ×_＿\s]{1,4}[)）]?周/,
    (period) => {
      const { frequency, index } = periodParts(period);
      return frequency === 'weekly' ? `第${index}周` : null;
    },
  ],
  [/(?:20[XxＸｘ×_＿]{1,4}|[XxＸｘ×_＿]{1,4})年(?:度)?/, (period) => `${periodParts(period).year}年`],
];

/** A blank must really be one: 2025年6月 is printed, not to be filled in. */
function isSlot(text: string): boolean {
  return !/年\s*\d{1,2}\s*月|第\s*[\d一二三四]+\s*季度|第\s*\d+\s*周/.test(text);
}

/**
 * Fills the blank of a printed title from the period: 2025年X月… → 2025年6月…; 年 月 → 2025年6月; 第 季度 → 2025年第2季度.
 * The year of the period replaces a printed one: a campaign that runs on is reported on the form of its first year.
 * `open`: the title has a blank that stays.
 */
export function fillTitle(title: string, period: Period | null): { readonly text: string; readonly open: boolean } {
  for (const [slot, fill] of slots) {
    const found = slot.exec(title);
    if (!found || !isSlot(found[0])) continue;
    const filled = period === null ? null : fill(period);
    if (filled === null) return { text: title, open: true };
    const lead = title.slice(0, found.index);
    const suffix = found[0].endsWith('月份') && filled.endsWith('月') ? '份' : '';
    return { text: `${lead}${filled}${suffix}${title.slice(found.index + found[0].length)}`, open: false };
  }
  return { text: title, open: false };
}
