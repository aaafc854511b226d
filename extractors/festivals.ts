import { addDays, isoDate } from '../models/text/dates.ts';
import { parseNumeral } from '../models/text/numerals.ts';

/** Limits that are printed as days of the traditional calendar: 春节前, 国庆节前, 腊月二十三前. */
export interface FestivalLimit {
  readonly start: number;
  readonly end: number;
  /** The last day before the festival, or the lunar day itself. */
  readonly date: string;
  readonly yearPrinted: boolean;
}

/** 《全国年节及纪念日放假办法》: month and day, of the lunar calendar where it says so. */
const festivals: readonly {
  readonly name: string;
  readonly month: number;
  readonly day: number;
  readonly lunar: boolean;
}[] = [
  { name: '元旦', month: 1, day: 1, lunar: false },
  { name: '五一', month: 5, day: 1, lunar: false },
  { name: '劳动', month: 5, day: 1, lunar: false },
  { name: '国庆', month: 10, day: 1, lunar: false },
  { name: '春节', month: 1, day: 1, lunar: true },
  { name: '元宵', month: 1, day: 15, lunar: true },
  { name: '端午', month: 5, day: 5, lunar: true },
  { name: '中秋', month: 8, day: 15, lunar: true },
];
const names = festivals.map(({ name }) => name).join('|');
/** Without one of these there is no such limit: said first, as most sentences have none. */
const named = new RegExp(`${names}|[正腊冬]月`, 'u');
const limit = new RegExp(
  `(?:(?<year>20\\d{2})\\s?年|今年|本年)?\\s?[“"]?(?:(?<name>${names})[”"]?(?:国际)?(?:节)?(?:小?长?假期?|放假)?|(?:农历)?(?<month>正|腊|冬)月(?<day>初?[一二三四五六七八九十]|十[一二三四五六七八九]|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十))(?:之前|以前|前(?![后夕期往来]))`,
  'gu',
);

/** Every such limit in a text; where the year is not printed, the first after the day of issue. Without that day: none. */
export function findFestivalLimits(text: string, issueDate: string | null): FestivalLimit[] {
  if (issueDate === null || !named.test(text)) return [];
  return [...text.matchAll(limit)].flatMap((match): FestivalLimit[] => {
    const { year, name, month, day } = match.groups as Record<string, string | undefined>;
    const festival = festivals.find((known) => known.name === name);
    const from = year === undefined ? issueDate : `${year}-01-01`;
    const on = festival
      ? next(from, festival.month, festival.day, festival.lunar)
      : next(from, lunarMonth(month), lunarDay(day ?? ''), true);
    if (on === null) return [];
    return [
      {
        start: match.index,
        end: match.index + match[0].length,
        date: festival ? addDays(on, -1) : on,
        yearPrinted: year !== undefined,
      },
    ];
  });
}

const lunarMonth = (printed: string | undefined): number => (printed === '正' ? 1 : printed === '腊' ? 12 : 11);
const lunarDay = (printed: string): number => parseNumeral(printed.replace(/^初/u, '').replace(/^廿/u, '二十')) ?? 0;

let calendar: Intl.DateTimeFormat | undefined;

/** The first such day on or after a date. */
function next(from: string, month: number, day: number, lunar: boolean): string | null {
  if (!lunar) {
    const year = Number(from.slice(0, 4));
    const same = isoDate(year, month, day) ?? null;
    return same !== null && same >= from ? same : (isoDate(year + 1, month, day) ?? null);
  }
  calendar ??= new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' });
  // A lunar year with a leap month has 384 days.
  for (let passed = 0; passed <= 385; passed++) {
    const date = addDays(from, passed);
    const parts = calendar.formatToParts(new Date(`${date}T00:00:00Z`));
    const of = (type: string) => parts.find((part) => part.type === type)?.value;
    if (of('month') === String(month) && of('day') === String(day)) return date;
  }
  return null;
}
