import { foldText } from '../../models/text/fold.ts';
import agencies from './agencies.json' with { type: 'json' };
import scope from './scope.json' with { type: 'json' };
import strength from './strength.json' with { type: 'json' };
import synonyms from './synonyms.json' with { type: 'json' };

/**
 * The wording of a text with everything taken off that does not change what it says: one word per group of synonyms,
 * one shape per figure and date, one name per government body, no function words. The lists are data (`*.json` beside
 * this file) and hold for every field; nothing here knows any one notice.
 */

/** 没有, 尚未 and 未经 deny as 未 does; one spelling before words are looked up. */
const foldNegation = (folded: string) => folded.replace(/没有|尚未|从未|并未|未能|未曾|未经过?|没/g, '未');
/** The single words that deny; all are one token. */
const denials = new Set(['不', '未', '无']);

/** Longest match first, found by the first character. */
type WordIndex = ReadonlyMap<string, readonly (readonly [word: string, token: string])[]>;

function indexWords(entries: Iterable<readonly [string, string]>): WordIndex {
  const byFirst = new Map<string, (readonly [string, string])[]>();
  for (const [word, token] of entries) {
    const folded = foldNegation(foldText(word));
    const first = folded[0];
    if (first === undefined) continue;
    const bucket = byFirst.get(first);
    if (bucket) bucket.push([folded, token]);
    else byFirst.set(first, [[folded, token]]);
  }
  for (const bucket of byFirst.values()) bucket.sort((a, b) => b[0].length - a[0].length);
  return byFirst;
}

const fillerToken = '';
const wordIndex = indexWords([
  ...synonyms.groups.flatMap((group) => group.map((word) => [word, group[0]!] as const)),
  ...agencies.kinds.flatMap((kind) => kind.map((word) => [word, kind[0]!] as const)),
  ...scope.verbs.filter((verb) => verb.length > 1).map((verb) => [verb, verb] as const),
  ...synonyms.fillers.map((word) => [word, fillerToken] as const),
]);
const agencyIndex = indexWords(agencies.kinds.flatMap((kind) => kind.map((word) => [word, kind[0]!] as const)));

/** A date, a figure with its unit, a document number or a Latin word: compared whole, never in parts. */
const wholeToken =
  /\[\d{4}\]\d+号|\d{4}-\d{2}(?:-\d{2})?|\d{2}-\d{2}(?!\d)|\d+(?:\.\d+)?(?:%|‰|㎡|工作日|个百分点|小时|分钟|公里|公斤|学时|课时|人次|户次|家次|[\u4e00-\u9fff])?|[A-Za-z]+/y;

function matchAt(index: WordIndex, text: string, position: number): readonly [string, string] | undefined {
  const bucket = index.get(text[position]!);
  return bucket?.find(([word]) => text.startsWith(word, position));
}

/** The kind of a government body in a text (应急局 for 某某县应急管理局), or undefined. The last one named counts. */
export function agencyKind(text: string): string | undefined {
  const folded = foldText(text);
  let kind: string | undefined;
  for (let i = 0; i < folded.length; ) {
    const match = matchAt(agencyIndex, folded, i);
    if (match) kind = match[1];
    i += match ? match[0].length : 1;
  }
  return kind;
}

/** A folded text without its words of duty and of width: ranked by themselves (`dutyWords`), no part of what is asked. */
export function withoutDutyWords(folded: string): string {
  return folded.replace(rankedWords, '');
}

/**
 * The tokens that carry the meaning of a text, in order. `bureau` is the kind of the issuing body (see `agencyKind`):
 * 省局 and 市局 in its notices are bodies of that kind.
 */
export function wordTokens(text: string, bureau?: string): string[] {
  return wordSpans(text, bureau).map(({ token }) => token);
}

interface Span {
  readonly token: string;
  readonly word: string;
}

/** 台账记录, 风险隐患: two words for one thing in a row say it once. */
function addSpan(spans: Span[], token: string, word: string): void {
  if (token.length === 1 || spans.at(-1)?.token !== token) spans.push({ token, word });
}

/** `wordTokens` with the folded words that the tokens stand for. */
export function wordSpans(text: string, bureau?: string): Span[] {
  return foldedSpans(foldText(text), bureau);
}

/** `wordSpans` of a text that is folded already. */
export function foldedSpans(text: string, bureau?: string): Span[] {
  let folded = foldNegation(text);
  if (bureau) folded = folded.replace(/([省市县区州盟旗])局(?![部面势])/g, (_, level: string) => `${level}${bureau}`);
  const tokens: Span[] = [];
  for (let i = 0; i < folded.length; ) {
    const c = folded[i]!;
    if (/[0-9A-Za-z[]/.test(c)) {
      wholeToken.lastIndex = i;
      const whole = wholeToken.exec(folded)?.[0];
      if (whole) {
        addSpan(tokens, whole.toLowerCase(), whole);
        i += whole.length;
        continue;
      }
    }
    const match = matchAt(wordIndex, folded, i);
    if (match) {
      if (match[1] !== fillerToken) {
        for (const token of match[1].split('+')) addSpan(tokens, token, match[0]);
      }
      i += match[0].length;
      continue;
    }
    if ((c >= '\u4e00' && c <= '\u9fff') || !/[\p{P}\p{S}]/u.test(c)) addSpan(tokens, denials.has(c) ? '不' : c, c);
    i += 1;
  }
  return tokens;
}

const actionIndex = indexWords(
  Object.entries(strength.actions).flatMap(([level, words]) => words.map((word) => [word, level] as const)),
);

/** How hard an action is, 0 (encouraged) to 5 (严厉打击); undefined for an action that the list does not have. */
export function actionStrength(action: string): number | undefined {
  const folded = foldText(action);
  let found: readonly [string, string] | undefined;
  for (let i = 0; i < folded.length; ) {
    const match = matchAt(actionIndex, folded, i);
    if (match && (found === undefined || match[0].length > found[0].length)) found = match;
    i += match ? match[0].length : 1;
  }
  return found === undefined ? undefined : Number(found[1]);
}

const listed = (words: readonly string[]) => new RegExp(words.map((w) => foldText(w)).join('|'), 'g');
const longestFirst = (words: readonly string[]) => [...words].sort((a, b) => b.length - a.length);
const softWords = listed(longestFirst(strength.soft));
const strictWords = listed(longestFirst(strength.strict));
const prohibitionWords = listed(longestFirst(strength.prohibitions));
const narrowWords = listed(longestFirst(scope.narrow));
const rankedWords = listed(longestFirst([...strength.soft, ...strength.strict, ...scope.wide]));

const withoutDoubleDenials = (folded: string) => folded.replace(/不得不|不得已|不可以/g, '');

/** The words of duty, softening and prohibition that a folded text holds. 不得不 is not a prohibition. */
export function dutyWords(text: string): {
  readonly soft: readonly string[];
  readonly strict: readonly string[];
  readonly prohibitions: readonly string[];
} {
  const folded = withoutDoubleDenials(text);
  const all = (pattern: RegExp) => folded.match(pattern) ?? [];
  return { soft: all(softWords), strict: all(strictWords), prohibitions: all(prohibitionWords) };
}

/** Whether a folded text takes in only some of what it speaks of (试点, 规模以上). */
export const isNarrow = (text: string): boolean => withoutDoubleDenials(text).search(narrowWords) >= 0;

const grades = strength.grades.map((grade) => grade.map((word) => foldText(word)));

/** Whether the second of two folded texts asks for less by the kind it names (专职 → 兼职: -1), for more (1) or the same (0). */
export function gradeStep(from: string, to: string): -1 | 0 | 1 {
  for (const [more = '', less = ''] of grades) {
    if (from.includes(more) && !from.includes(less) && to.includes(less) && !to.includes(more)) return -1;
    if (from.includes(less) && !from.includes(more) && to.includes(more) && !to.includes(less)) return 1;
  }
  return 0;
}

const kinds: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(scope.kinds).map(([whole, parts]) => [whole, new Set(parts)]),
);

/** Whether a word names one kind of what another names in general: 初中 of 中学, 诊所 of 医疗机构, 小学食堂 of 学校食堂. */
export function isKindOf(part: string, whole: string): boolean {
  if (part === whole) return false;
  let common = 0;
  while (common < Math.min(part.length, whole.length) - 1 && part.at(-1 - common) === whole.at(-1 - common))
    common += 1;
  for (let cut = 0; cut <= common; cut++) {
    if (isKindOfWord(part.slice(0, part.length - cut), whole.slice(0, whole.length - cut))) return true;
  }
  return false;
}

function isKindOfWord(part: string, whole: string): boolean {
  const direct = kinds.get(whole);
  if (direct === undefined) return false;
  return direct.has(part) || [...direct].some((kind) => isKindOfWord(part, kind));
}

const restrictors = listed(longestFirst(scope.restrictors));

/** Whether words narrow what they stand before (农村, 大型, 新建), and are not just a fuller name of it. */
export function isRestricting(words: string): boolean {
  return foldText(words).search(restrictors) >= 0;
}

const contrastGroups = scope.contrasts.map((group) => new Set(group));

/** Whether two words differ in morphemes that stand against each other: 进口 and 出口, 小学 and 中学. */
export function areContrasted(a: string, b: string): boolean {
  if (a === '' || b === '') return false;
  const onlyA = [...a].filter((c) => !b.includes(c));
  const onlyB = [...b].filter((c) => !a.includes(c));
  return contrastGroups.some((group) => onlyA.some((c) => group.has(c)) && onlyB.some((c) => group.has(c)));
}

const headingIndex = synonyms.headings.flatMap((group) => group.map((word) => [foldText(word), group[0]!] as const));

/** What a customary heading announces (保障措施 and 工作要求 alike); undefined for a heading of the matter itself. */
export function headingKind(title: string): string | undefined {
  const folded = foldText(title);
  if (folded.length > 14) return undefined;
  let found: readonly [string, string] | undefined;
  for (const entry of headingIndex) {
    if (folded.includes(entry[0]) && entry[0].length > (found?.[0].length ?? 0)) found = entry;
  }
  return found?.[1];
}

const activities = new Set(scope.verbs.flatMap((verb) => wordTokens(verb)));

/** Whether a token names something that one does with a thing (生产, 销售, 储存): members of a list without a comma. */
export function isActivity(token: string): boolean {
  return activities.has(token);
}

/** The action at the head of a folded text (打击倒卖药品 → 打击, 对非法倾倒的严厉打击 has none) and what follows it. */
export function leadingAction(folded: string): { readonly action: string; readonly rest: string } | undefined {
  const match = matchAt(actionIndex, folded, 0);
  // 查处率 and 检查井 are words of their own: something to be struck at must be left.
  if (match === undefined || folded.length - match[0].length < 4) return undefined;
  return { action: match[0], rest: folded.slice(match[0].length) };
}

/** The last action that a text names (重点检查, 严厉打击), as folded; undefined where it names none. */
export function lastAction(text: string): string | undefined {
  const folded = foldText(text);
  let found: string | undefined;
  for (let i = 0; i < folded.length; ) {
    const match = matchAt(actionIndex, folded, i);
    if (match) found = match[0];
    i += match ? match[0].length : 1;
  }
  return found;
}
