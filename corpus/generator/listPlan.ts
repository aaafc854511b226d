import { LevelFormat, LevelSuffix } from 'docx';
import { renderNumber } from '../../pipeline/read/docx/numberFormats.ts';

/** One level of an automatic list: how its number looks and where it starts. */
interface PlannedLevel {
  readonly format: (typeof formats)[number];
  readonly before: string;
  readonly after: string;
  readonly start: number;
}

/** An automatic list of a document, by its reference. */
interface PlannedList {
  readonly reference: string;
  readonly levels: Map<number, PlannedLevel>;
}

/** The automatic lists of a document in the making, and how far the last one has counted. */
export interface ListPlan {
  readonly lists: PlannedList[];
  counts: (number | undefined)[];
  /** Which of the formats for 一 the document uses: they differ from ten on only beyond a hundred. */
  readonly chinese: (typeof formats)[number];
}

const formats = [
  LevelFormat.DECIMAL,
  LevelFormat.DECIMAL_ENCLOSED_CIRCLE,
  LevelFormat.CHINESE_COUNTING_THOUSAND,
  LevelFormat.CHINESE_COUNTING,
  LevelFormat.JAPANESE_COUNTING,
] as const;

export const chineseFormats = [
  LevelFormat.CHINESE_COUNTING_THOUSAND,
  LevelFormat.CHINESE_COUNTING,
  LevelFormat.JAPANESE_COUNTING,
] as const;

export function startLists(chinese: ListPlan['chinese']): ListPlan {
  return { lists: [], counts: [], chinese };
}

/** Numbers begin anew: an enclosure, an attachment, another notice. */
export function beginNewList(plan: ListPlan): void {
  plan.lists.push({ reference: `list${plan.lists.length + 1}`, levels: new Map() });
  plan.counts = [];
}

/**
 * The list and level that print this number for the next paragraph; null for a number that no list prints. Where the
 * number does not follow from those before (one was skipped or repeated, or looks different), a new list starts at it.
 *
 * @param level 0-based
 */
export function planNumber(
  plan: ListPlan,
  level: number,
  number: string,
): { readonly reference: string; readonly level: number } | null {
  const look = lookOf(plan, number);
  if (look === null) return null;
  const next = (plan.counts[level] ?? 0) + 1;
  if (plan.lists.length === 0) beginNewList(plan);
  let list = plan.lists[plan.lists.length - 1]!;
  const known = list.levels.get(level);
  const fits =
    known === undefined || (known.format === look.format && known.before === look.before && known.after === look.after);
  const begins = plan.counts[level] === undefined;
  // A level that has begun before in this list goes on, or begins again, at its start.
  const expected = begins ? (known?.start ?? look.value) : next;
  if (!fits || look.value !== expected) {
    // Levels above go on counting in the new list.
    const above = [...list.levels].filter(([index]) => index < level);
    list = {
      reference: `list${plan.lists.length + 1}`,
      levels: new Map(above.map(([index, item]) => [index, { ...item, start: (plan.counts[index] ?? 0) + 1 }])),
    };
    plan.lists.push(list);
  }
  if (!list.levels.has(level)) {
    list.levels.set(level, { format: look.format, before: look.before, after: look.after, start: look.value });
  }
  plan.counts = Array.from({ length: level + 1 }, (_, index) => (index < level ? plan.counts[index] : look.value));
  return { reference: list.reference, level };
}

function lookOf(plan: ListPlan, number: string): (Omit<PlannedLevel, 'start'> & { value: number }) | null {
  const match = /^(\D*?)(\d+|[一二三四五六七八九十百零○]+|[\u2460-\u2473])([^\d]*)$/.exec(number);
  if (match === null) return null;
  const [, before = '', token = '', after = ''] = match;
  const format = /\d/.test(token)
    ? LevelFormat.DECIMAL
    : /[\u2460-\u2473]/.test(token)
      ? LevelFormat.DECIMAL_ENCLOSED_CIRCLE
      : plan.chinese;
  for (let value = 1; value <= 120; value++) {
    if (renderNumber(value, format) === token) return { format, before, after, value };
  }
  return null;
}

/** The lists for the `numbering` option of a document. */
export function numberingConfig(plan: ListPlan) {
  return plan.lists
    .filter((list) => list.levels.size > 0)
    .map((list) => ({
      reference: list.reference,
      levels: [...list.levels]
        .sort(([a], [b]) => a - b)
        .map(([level, { format, before, after, start }]) => ({
          level,
          format,
          text: `${before}%${level + 1}${after}`,
          start,
          suffix: LevelSuffix.NOTHING,
        })),
    }));
}
