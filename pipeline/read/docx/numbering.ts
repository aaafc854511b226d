import { childOf, childrenOf, descendantOf, type XmlElement } from '../xml.ts';
import { renderNumber } from './numberFormats.ts';
import { finite, type NumberingReference, readRunProperties, resolveStyle, type Styles } from './styles.ts';
import { bulletCharacter } from './symbols.ts';

interface Level {
  readonly start: number;
  readonly format: string;
  readonly customFormat: string | null;
  readonly text: string;
  readonly suffix: 'tab' | 'space' | 'nothing';
  /** All numbers of this level's text in decimal: 第一章 above, 1.1 here. */
  readonly legal: boolean;
  /** One-based level whose use restarts this one; 0: never; null: any level above. */
  readonly restartAfter: number | null;
  readonly paragraphStyle: string | null;
  readonly font: string;
}

interface AbstractList {
  readonly id: string;
  readonly levels: readonly (Level | null)[];
  readonly styleLink: string | null;
  readonly numStyleLink: string | null;
}

interface ListInstance {
  readonly abstractId: string;
  readonly overrides: ReadonlyMap<number, { readonly start: number | null; readonly level: Level | null }>;
}

/** Lists of a document and how far each has counted. */
export interface Numbering {
  readonly abstracts: ReadonlyMap<string, AbstractList>;
  readonly instances: ReadonlyMap<string, ListInstance>;
  /** Per abstract list, since all lists made from one go on counting together: the last number of each level. */
  readonly counters: Map<string, (number | undefined)[]>;
  /** Start overrides that have had their effect: `numId/level`. */
  readonly started: Set<string>;
}

/** Reads numbering.xml (ECMA-376 part 1, 17.9); null (no such part) gives no lists. */
export function readNumbering(root: XmlElement | null): Numbering {
  const abstracts = new Map<string, AbstractList>();
  for (const element of childrenOf(root, 'abstractNum')) {
    const id = element.attributes.abstractNumId;
    if (id === undefined) continue;
    const levels: (Level | null)[] = Array.from({ length: 9 }, () => null);
    for (const level of childrenOf(element, 'lvl')) {
      const at = Number(level.attributes.ilvl);
      if (at >= 0 && at < 9) levels[at] = readLevel(level);
    }
    abstracts.set(id, {
      id,
      levels,
      styleLink: childOf(element, 'styleLink')?.attributes.val ?? null,
      numStyleLink: childOf(element, 'numStyleLink')?.attributes.val ?? null,
    });
  }
  const instances = new Map<string, ListInstance>();
  for (const element of childrenOf(root, 'num')) {
    const id = element.attributes.numId;
    const abstractId = childOf(element, 'abstractNumId')?.attributes.val;
    if (id === undefined || abstractId === undefined) continue;
    const overrides = new Map<number, { start: number | null; level: Level | null }>();
    for (const override of childrenOf(element, 'lvlOverride')) {
      const start = finite(childOf(override, 'startOverride')?.attributes.val);
      const level = childOf(override, 'lvl');
      overrides.set(Number(override.attributes.ilvl), {
        start: start ?? null,
        level: level === null ? null : readLevel(level),
      });
    }
    instances.set(id, { abstractId, overrides });
  }
  return { abstracts, instances, counters: new Map(), started: new Set() };
}

function readLevel(element: XmlElement): Level {
  // A custom format stands in mc:AlternateContent, its plain fallback beside it.
  const format = childOf(element, 'numFmt') ?? descendantOf(childOf(element, 'AlternateContent'), 'numFmt');
  const value = (name: string) => childOf(element, name)?.attributes.val;
  const suffix = value('suff');
  const restart = finite(value('lvlRestart'));
  const legal = childOf(element, 'isLgl');
  return {
    start: finite(value('start')) ?? 0,
    format: format?.attributes.val ?? 'decimal',
    customFormat: format?.attributes.format ?? null,
    text: value('lvlText') ?? '',
    suffix: suffix === 'space' || suffix === 'nothing' ? suffix : 'tab',
    legal: legal !== null && !['0', 'false', 'off'].includes(legal.attributes.val ?? '1'),
    restartAfter: restart ?? null,
    paragraphStyle: value('pStyle') ?? null,
    font: readRunProperties(childOf(element, 'rPr')).font ?? '',
  };
}

/**
 * The number that Word prints before the next paragraph of this list, with what follows it, and counts on.
 * '' where the reference takes numbering away, or leads nowhere.
 *
 * @param styleIds the paragraph's style and its ancestors, nearest first: a style linked to a level numbers without stating the level
 */
export function nextNumber(
  numbering: Numbering,
  styles: Styles,
  reference: NumberingReference | undefined,
  styleIds: readonly string[],
): string {
  const numId = reference?.numId;
  if (numId === undefined || numId === '0') return '';
  const instance = numbering.instances.get(numId);
  if (instance === undefined) return '';
  const list = followLinks(numbering, styles, instance.abstractId);
  if (list === null) return '';
  const levelAt = (at: number) => instance.overrides.get(at)?.level ?? list.levels[at] ?? null;
  const linked = () => {
    const levels = styleIds.map((id) => list.levels.findIndex((item) => item?.paragraphStyle === id));
    return levels.find((found) => found >= 0) ?? 0;
  };
  const at = reference?.level ?? linked();
  const level = levelAt(at);
  if (level === null) return '';

  let counters = numbering.counters.get(list.id);
  if (counters === undefined) {
    counters = [];
    numbering.counters.set(list.id, counters);
  }
  const startAt = (index: number) => instance.overrides.get(index)?.start ?? levelAt(index)?.start ?? 1;
  const override = `${numId}/${at}`;
  const restarts = instance.overrides.get(at)?.start != null && !numbering.started.has(override);
  if (restarts) numbering.started.add(override);
  const last = counters[at];
  counters[at] = last === undefined || restarts ? startAt(at) : last + 1;
  for (let deeper = at + 1; deeper < 9; deeper++) {
    const after = levelAt(deeper)?.restartAfter ?? null;
    if (after === null || (after !== 0 && at < after)) counters[deeper] = undefined;
  }
  return renderLabel(level, at, levelAt, (index) => counters[index] ?? startAt(index));
}

function renderLabel(
  level: Level,
  at: number,
  levelAt: (index: number) => Level | null,
  countOf: (index: number) => number,
): string {
  if (level.format === 'bullet') {
    const bullet = bulletCharacter(level.text, level.font);
    return bullet.trim() === '' ? '' : bullet + followUp(level, bullet);
  }
  const label = level.text.replace(/%([1-9])/g, (_, digit: string) => {
    const index = Number(digit) - 1;
    const source = levelAt(index);
    // A level may not name a deeper one; Word prints nothing for it.
    if (source === null || index > at) return '';
    return level.legal && source.format !== 'none'
      ? String(countOf(index))
      : renderNumber(countOf(index), source.format, source.customFormat);
  });
  return label.trim() === '' ? '' : label + followUp(level, label);
}

/**
 * What stands between number and text. A tab only makes room where the number ends in its own mark (一、 （一） 1. ①),
 * as a typist, too, puts nothing there.
 */
function followUp(level: Level, label: string): string {
  if (level.suffix === 'nothing') return '';
  if (level.suffix === 'space') return ' ';
  return /[、．.。)）:：，\]】〕\u2460-\u249b\u3220-\u3243\u3280-\u3289]$/.test(label) ? '' : ' ';
}

/** numStyleLink leads through a numbering style to the list that defines the levels (17.9.21). */
function followLinks(numbering: Numbering, styles: Styles, abstractId: string): AbstractList | null {
  let list = numbering.abstracts.get(abstractId) ?? null;
  for (let step = 0; list !== null && list.numStyleLink !== null && step < 8; step++) {
    const link: string = list.numStyleLink;
    const numId = resolveStyle(styles, link).paragraph.numbering?.numId;
    const through = numId === undefined ? undefined : numbering.instances.get(numId)?.abstractId;
    const target: AbstractList | null =
      (through === undefined ? undefined : numbering.abstracts.get(through)) ??
      [...numbering.abstracts.values()].find((item) => item.styleLink === link) ??
      null;
    if (target === null || target === list) break;
    list = target;
  }
  return list;
}
