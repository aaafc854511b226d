import { dateInChinese, parseFullDate } from '../../../models/text/dates.ts';
import { hanDigits, toChineseNumeral } from '../../../models/text/numerals.ts';
import type { PlacedCharacter } from '../readPage.ts';
import { bodySize, type Correction, type Draft, draftText } from './draft.ts';

const date =
  /^(?:(?:19|20)\d{2}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日|二〇[〇一二三四五六七八九]{2}年(?:[一二三四五六七八九]|十[一二]?)月(?:[一二三四五六七八九]|[一二]?十[一二三四五六七八九]?|三十一?)日)$/u;
/** Weights of what a reading held a character for, the surest first, and of what none held it for. */
const weights = { other: 0.3, second: 0.25, rival: 0.1, none: 0.003 } as const;
/** As many times likelier than the next one a date must be. */
const leastLead = 4;
/** Characters in which no reading agrees with a date, at most. */
const mostUnseen = 1;
/** Specks of a seal before a date, and characters of its year that were lost, at most. */
const mostBefore = 2;
const mostLost = 1;
/** As many times likelier a date is that stands elsewhere in the document (印发日期). */
const namedElsewhere = 6;

/**
 * Corrects 成文日期 under a seal that was read as no date (二〇二六年一开二十四日, 2923年5月101日): of all dates of its
 * length in a year that the document names, or of the year that was read, the one that agrees best with what the engines
 * held its characters for. The form of dates is one witness, the engines are the other; where two dates are nearly as
 * likely nothing is changed.
 */
export function correctSealedDates(drafts: readonly Draft[], isSealed: (draft: Draft) => boolean): Correction[] {
  const known = namedDates(drafts.filter((draft) => !isSealed(draft)));
  const corrections: Correction[] = [];
  for (const draft of drafts) {
    const was = draftText(draft);
    if (was.length < 6 || was.length > 16 || !/年/.test(was) || !isSealed(draft)) continue;
    dropBehind(draft);
    const text = draftText(draft);
    const day = date.test(text) ? parseFullDate(text) : undefined;
    const isDate = day !== undefined && isOfYear(day, known);
    const best = isDate ? (longerDate(draft, known) ?? text) : bestDate(draft.characters, known);
    if (best === undefined || best === was) continue;
    if (best !== text) draft.characters.splice(0, draft.characters.length, ...written(draft, best));
    corrections.push({ page: draft.page, kind: 'corrected', was, became: best, because: '成文日期的书写格式' });
  }
  return corrections;
}

/** Marks behind a date are specks of the seal; what they were read as stays beside 日. */
function dropBehind({ characters }: Draft): void {
  const text = characters.map((c) => c.text).join('');
  const match = /日([^\p{Script=Han}\d]{1,3})$/u.exec(text);
  if (!match) return;
  const day = characters[match.index]!;
  characters.splice(match.index, 4, { ...day, confidence: Math.min(day.confidence, 0.9), other: match[0] });
}

/** Whether a date lies in a year that the document names, or next to one. */
const isOfYear = (day: string, { years }: KnownDates): boolean =>
  years.length === 0 || years.some((year) => Math.abs(Number(day.slice(0, 4)) - Number(year)) <= 1);

/** Width of a date in ems, of which a digit takes half of one, by that of its ink: Chinese numerals stand off its ends. */
const inkWidth = (text: string): number =>
  [...text].reduce((sum, c) => sum + (/\d/.test(c) ? 0.5 : 1), /\d/.test(text) ? 0.08 : -0.27);
const leastMissing = 0.35;

/**
 * A date that stands elsewhere (印发日期) and holds all that was read, where the line is wider than what was read and just as
 * wide as that date: the seal has hidden characters. Its width and the other place are the witnesses.
 */
function longerDate({ characters, line }: Draft, { dates, em }: KnownDates): string | undefined {
  const was = characters.map((c) => c.text).join('');
  const width = (line.box[2] - line.box[0]) / em;
  if (width - inkWidth(was) < leastMissing) return undefined;
  const others = [...dates].map((known) => {
    const [year, month, day] = known.split('-').map(Number) as [number, number, number];
    return /\d{4}/.test(was) ? `${year}年${month}月${day}日` : dateInChinese(year, month, day);
  });
  return others.find(
    (other) =>
      other.length > was.length && Math.abs(width - inkWidth(other)) < leastMissing - 0.1 && holdsInOrder(other, was),
  );
}

function holdsInOrder(whole: string, part: string): boolean {
  let at = 0;
  for (const character of whole) if (character === part[at]) at++;
  return at === part.length;
}

/** The characters of a date at the places of those that were read, its end on theirs. */
function written(draft: Draft, date: string): PlacedCharacter[] {
  const { characters } = draft;
  const more = characters.length - date.length;
  const [first, ...rest] = characters;
  // A year may have lost its first character; where others were lost, the date is set anew.
  if (more < -1 || (more < 0 && !/^.{2,3}年/.test(draftText(draft)))) return spreadOver(draft, date);
  const middle = (first!.x0 + first!.x1) / 2;
  const kept = more < 0 ? [{ ...first!, x1: middle }, { ...first!, x0: middle }, ...rest] : characters.slice(more);
  const dropped = characters
    .slice(0, Math.max(0, more))
    .map((c) => c.text)
    .join('');
  return kept.map((c, i): PlacedCharacter => {
    const text = date[i]!;
    const lost = i === 0 ? dropped : '';
    if (i >= -more && c.text === text)
      return lost === '' ? c : { ...c, other: lost + c.text, confidence: Math.min(c.confidence, 0.9) };
    return { ...c, text, confidence: 0.8, other: lost + c.text, corrected: true };
  });
}

/** The characters of a date set over the line that it stands on. */
function spreadOver(draft: Draft, date: string): PlacedCharacter[] {
  const { box } = draft.line;
  const width = (box[2] - box[0]) / date.length;
  return [...date].map((text, i) => ({
    text,
    x0: box[0] + i * width,
    x1: box[0] + (i + 1) * width,
    confidence: 0.8,
    second: null,
    other: i === 0 ? draftText(draft) : '',
    corrected: true,
  }));
}

function bestDate(characters: readonly PlacedCharacter[], known: KnownDates): string | undefined {
  const end = characters.findIndex((c) => c.text === '年');
  const head = characters.slice(0, end);
  const chinese = characters.filter((c) => /[一二三四五六七八九十〇]/.test(c.text)).length >= 2;
  const tails = [...daysOf(characters.length - end - 1, chinese)]
    .map((text) => ({ text, likelihood: agreement(characters.slice(end + 1), text) }))
    .filter(({ likelihood }) => likelihood > 0);
  const read = head.map((c) => hanDigits[c.text] ?? c.text).join('');
  const beside = known.years.some((year) => Math.abs(Number(read) - Number(year)) === 1) ? [read] : [];
  const found = [...known.years, ...beside].flatMap((year) => {
    const text = chinese ? [...year].map((digit) => toChineseNumeral(Number(digit))).join('') : year;
    const likelihood = headAgreement(head, text);
    if (likelihood === 0) return [];
    return tails.flatMap((tail): Guess[] => {
      const whole = `${text}年${tail.text}`;
      // Not every month has the day: of 2月 and 30日 one was misread.
      const day = parseFullDate(whole);
      if (day === undefined) return [];
      const again = known.dates.has(day) ? namedElsewhere : 1;
      return [{ text: whole, likelihood: likelihood * tail.likelihood * again }];
    });
  });
  const [best, next] = found.sort((a, b) => b.likelihood - a.likelihood);
  return best && (!next || best.likelihood >= leastLead * next.likelihood) ? best.text : undefined;
}

interface Guess {
  readonly text: string;
  readonly likelihood: number;
}

/** A year whose first characters were lost, or that has specks of the seal before it. */
function headAgreement(read: readonly PlacedCharacter[], year: string): number {
  const missing = year.length - read.length;
  if (missing > mostLost || -missing > mostBefore) return 0;
  const kept = missing < 0 ? read.slice(-year.length) : read;
  return agreement(kept, year.slice(-kept.length)) * weights.none ** Math.abs(missing);
}

/** How likely what was read is a text of its length: the product over its characters; 0 where too many agree with no reading. */
function agreement(read: readonly PlacedCharacter[], text: string): number {
  let likelihood = 1;
  let unseen = 0;
  for (const [i, character] of read.entries()) {
    const weight = weightOf(character, text[i]!);
    if (weight === weights.none && ++unseen > mostUnseen) return 0;
    likelihood *= weight;
  }
  return likelihood;
}

function weightOf({ text, confidence, other, second, rivals = '' }: PlacedCharacter, wanted: string): number {
  if (text === wanted) return Math.max(confidence, weights.other);
  if (other === wanted) return weights.other;
  if (second === wanted) return weights.second;
  const rank = rivals.indexOf(wanted);
  if (rank >= 0) return weights.rival * 0.8 ** rank;
  // Shapes of which each is the other in some print.
  if (wanted === '〇' && /[0OoCQ○零]/.test(text)) return weights.second;
  return weights.none;
}

/** Months and days of so many characters, in figures or in Chinese numerals. */
function* daysOf(length: number, chinese: boolean): Generator<string> {
  const written = chinese ? toChineseNumeral : String;
  for (let month = 1; month <= 12; month++) {
    for (let day = 1; day <= 31; day++) {
      const text = `${written(month)}月${written(day)}日`;
      if (text.length === length) yield text;
    }
  }
}

interface KnownDates {
  readonly years: readonly string[];
  /** ISO dates. */
  readonly dates: ReadonlySet<string>;
  /** Size of the running text, in points. */
  readonly em: number;
}

/** Years that document numbers and dates name, and whole dates. */
function namedDates(drafts: readonly Draft[]): KnownDates {
  const text = drafts.map(draftText).join('\n');
  const all = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[0]);
  const dates = [
    ...all(/(?<!\d)20\d{2}年\d{1,2}月\d{1,2}日/g),
    ...all(/二〇[〇一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日/g),
  ].flatMap((printed) => parseFullDate(printed) ?? []);
  const years = [...all(/(?<!\d)(?:20\d{2}|19\d{2})(?=[〕\]年）)])/g), ...dates.map((date) => date.slice(0, 4))];
  return { years: [...new Set(years)], dates: new Set(dates), em: bodySize(drafts) };
}
