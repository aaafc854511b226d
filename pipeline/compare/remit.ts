import { wordTokens } from '../../extractors/lexicon/wording.ts';
import type { FocusItem } from '../../models/facts.ts';
import type { AdministrativeLevel, Notice, Section } from '../../models/notice.ts';
import type { Table } from '../../models/table.ts';
import { foldWidth } from '../../models/text/fold.ts';
import { remembering } from './remembering.ts';

/**
 * Whether an item may be absent for a good reason: the subject is not this body's to supervise. Two witnesses: the
 * body's own table marks the subject's column or row as not applicable, or the other notice keeps the subject for
 * another level (省级药品监管部门负责……).
 */

/** The labels of the data columns and rows whose every cell is marked as not applicable. */
export function notApplicableLabels(table: Table): { columns: Set<number>; rows: Set<number> } {
  const columns = new Set<number>();
  const rows = new Set<number>();
  const dataRows = table.rowCount - table.headerRows;
  const dataColumns = table.columnCount - table.stubColumns;
  const marked = new Set<string>();
  for (const cell of table.cells) {
    if (cell.role !== 'not-applicable') continue;
    for (let r = cell.row; r < cell.row + cell.rowSpan; r++) {
      for (let c = cell.column; c < cell.column + cell.columnSpan; c++)
        marked.add(`${r - table.headerRows},${c - table.stubColumns}`);
    }
  }
  for (let c = 0; c < dataColumns && dataRows > 0; c++) {
    let all = true;
    for (let r = 0; r < dataRows && all; r++) all = marked.has(`${r},${c}`);
    if (all) columns.add(c);
  }
  for (let r = 0; r < dataRows && dataColumns > 0; r++) {
    let all = true;
    for (let c = 0; c < dataColumns && all; c++) all = marked.has(`${r},${c}`);
    if (all) rows.add(r);
  }
  return { columns, rows };
}

/** What a notice says is not its own to supervise, as sets of tokens. */
export interface Remit {
  readonly excluded: readonly (readonly string[])[];
  /** Subjects that the notice's own table does ask for: never out of remit, whatever else shares their words. */
  readonly included: readonly (readonly string[])[];
}

/** Words that many subjects share and that say nothing about which one is meant. */
const generic = new Set(wordTokens('企业单位机构经营者药品场所数量部门各类'));
const telling = (text: string) => wordTokens(text).filter((token) => !generic.has(token));

const levelWords: readonly (readonly [RegExp, AdministrativeLevel])[] = [
  [/国家/, 'national'],
  [/省|自治区|直辖市/, 'provincial'],
  [/设区的?市|(?<!县)市|州|盟/, 'prefectural'],
  [/县|区|旗/, 'county'],
  [/(?<!城)乡|(?<!城)镇|街道/, 'township'],
];

/**
 * Sentences that keep a subject for one level: 省级药品监管部门负责药品批发企业……的监督检查. Only sentences that name a
 * single level are taken, and only where that level is not the one asking.
 */
const reserved =
  /([^，。；：]{0,12}?(?:省|市|县|区)(?:级|局|厅)?[^，。；：]{0,14}?(?:部门|局|厅|委)|各?(?:省|市|县)局)(?:统一)?(?:负责|承担|组织(?:实施|开展)|依职责)(?:对)?([^。；]{2,60}?)(?:的)?(?:监督检查|检查|监管|排查|查处|整治|工作|[。；]|$)/g;

/** Texts of sections that are remembered: those of some dozen notices. */
const remembered = 500;

/** The sentences in which somebody answers for something: neither pattern reaches over a sentence. */
const sentencesOnWork = remembering(remembered, (text): readonly string[] =>
  foldWidth(text)
    .replace(/,/g, '，')
    .split(/[。；;]/)
    .filter((sentence) => /负责|承担|组织/.test(sentence)),
);

/** The subjects of such sentences, of levels that are wanted. */
function reservedSubjects(
  sections: readonly Section[],
  isWanted: (level: AdministrativeLevel | undefined) => boolean,
): string[][] {
  return sections.flatMap((section) => {
    const found: string[][] = [];
    for (const match of sentencesOnWork(section.text).flatMap((sentence) => [...sentence.matchAll(reserved)])) {
      const levels = levelWords.filter(([pattern]) => pattern.test(match[1]!)).map(([, level]) => level);
      if (levels.length !== 1 || !isWanted(levels[0])) continue;
      for (const subject of match[2]!.split(/[、和及与]/)) {
        const tokens = telling(subject);
        if (tokens.length > 0) found.push(tokens);
      }
    }
    return [...found, ...reservedSubjects(section.children, isWanted)];
  });
}

/** 电子商务平台由省局负责检查: what a notice itself leaves to another level. */
const leftTo =
  /(?:^|[，。；：])([^，。；：]{2,40}?)(?:由|归)([^，。；：]{0,12}?(?:省|市|县|区)(?:级|药监|监管|[^，。；：]{0,8}?(?:局|厅|部门|委)))[^，。；：]{0,6}(?:负责|承担|组织)/g;

function subjectsLeftToOthers(sections: readonly Section[], own: AdministrativeLevel): string[][] {
  return sections.flatMap((section) => {
    const matches = sentencesOnWork(section.text).flatMap((sentence) => [...sentence.matchAll(leftTo)]);
    const found = matches.flatMap((match) => {
      const levels = levelWords.filter(([pattern]) => pattern.test(match[2]!)).map(([, level]) => level);
      if (levels.length !== 1 || levels[0] === own) return [];
      return match[1]!.split(/[、和及与]/).map(telling);
    });
    return [...found, ...subjectsLeftToOthers(section.children, own)];
  });
}

/**
 * What is outside the remit of `own` (the notice in which something is absent); `other` is the notice that has it and
 * may reserve subjects to a level that is not `own`'s.
 */
export function remitOf(own: Notice, other: Notice): Remit {
  const excluded: string[][] = [];
  const included: string[][] = [];
  for (const table of own.attachments.flatMap((attachment) => attachment.tables)) {
    const marked = notApplicableLabels(table);
    for (const c of marked.columns) excluded.push(telling(table.columns[c]?.path.join('') ?? ''));
    for (const r of marked.rows) excluded.push(telling(table.rows[r]?.path.join('') ?? ''));
    table.columns.forEach((column, c) => {
      if (!marked.columns.has(c)) included.push(telling(column.path.join('')));
    });
    table.rows.forEach((row, r) => {
      if (!marked.rows.has(r)) included.push(telling(row.path.join('')));
    });
  }
  if (own.administrativeLevel !== null && own.administrativeLevel !== other.administrativeLevel) {
    // 市公安局负责… above and 县公安局负责… below divide one work among the bodies of each level.
    const level = own.administrativeLevel;
    const divided = reservedSubjects(own.sections, (named) => named === level);
    const reservedAbove = reservedSubjects(other.sections, (named) => named !== level);
    excluded.push(...reservedAbove.filter((subject) => !divided.some((tokens) => sameWords(tokens, subject))));
  }
  if (own.administrativeLevel !== null) excluded.push(...subjectsLeftToOthers(own.sections, own.administrativeLevel));
  return { excluded: excluded.filter((tokens) => tokens.length > 0), included };
}

/** A subject printed shorter than the label (连锁总部 for 药品零售连锁总部) must have this share of its words. */
const shortSubject = 0.6;

/** 生产环节 and 生产领域 are about 生产企业. */
const domains = /(?:环节|领域|方面|行业)$/;
const members = (subject: string) =>
  subject
    .split(/[、，,;；]|以及|及其|和|与|及/)
    .map((member) => telling(member.replace(domains, '')))
    .filter((tokens) => tokens.length > 0);

const sameWords = (a: readonly string[], b: readonly string[]) =>
  a.every((token) => b.includes(token)) && b.every((token) => a.includes(token));

/** Whether one body is excluded: all telling words of the label are in its name, or it is a short name of the label. */
function isExcluded(subject: readonly string[], remit: Remit): boolean {
  if (remit.included.some((own) => own.length > 0 && sameWords(own, subject))) return false;
  return remit.excluded.some((tokens) => {
    const isShort = subject.every((token) => tokens.includes(token)) && subject.length >= tokens.length * shortSubject;
    return tokens.every((token) => subject.includes(token)) || isShort;
  });
}

/**
 * Whether the subject of an item is one that the remit excludes. 药品批发和零售企业 is not 药品批发企业: a list is out of
 * remit only as a whole. Where the item does not name its subject, the heading above it does if it is nothing but the
 * name of a body; else only an item that names the excluded one in full is known to concern it.
 */
export function isOutOfRemit(
  { item, heading }: { readonly item: FocusItem; readonly heading: string | null },
  remit: Remit,
): boolean {
  if (remit.excluded.length === 0) return false;
  const subjects = item.subject === null ? [] : members(item.subject);
  if (subjects.length > 0) return subjects.every((subject) => isExcluded(subject, remit));
  const headed = heading === null ? [] : members(heading);
  const isHeaded = (subject: readonly string[]) => remit.excluded.some((tokens) => sameWords(tokens, subject));
  if (headed.length > 0 && headed.every(isHeaded)) return true;
  const text = new Set(telling(item.text));
  return remit.excluded.some((tokens) => tokens.length > 1 && tokens.every((token) => text.has(token)));
}
