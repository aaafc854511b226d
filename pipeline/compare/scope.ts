import { isActivity, isKindOf, isNarrow, isRestricting, wordTokens } from '../../extractors/lexicon/wording.ts';
import type { ChangeEffect } from '../../models/comparison.ts';
import { foldText } from '../../models/text/fold.ts';
import type { Statement } from './statement.ts';
import type { Run } from './surplus.ts';

/** Whether more or fewer are meant: by lists, by what is a kind of what, by words of width. */

/** Marks and words that join members of a list; 参与, 及时 and 和谐 hold none, nor does 未经鉴定的，不得…. */
const listMark =
  /[、;；]|(?<!的)[,，]|以及|及其|和(?![谐解缓])|(?<![普涉波触])及(?![时早格])|(?<![参给赠授])与|或者|或/;

/** How many members a list in a folded text has: 生产、储存和使用…… has 3. */
export const countMembers = (folded: string) =>
  folded.split(listMark).filter((part) => /[\p{L}\p{N}]/u.test(part.replace(/^等/, ''))).length;

const countQuoted = (text: string) => text.match(/“[^”]*”/g)?.length ?? 0;

/** Whether what `longer` has more is another member of a list or another activity (wider) or a condition (narrower). */
export function surplusIsMember(extra: readonly Run[], longer: Statement, shorter: Statement) {
  const listed = countMembers(longer.folded);
  if (listed > 1 && listed > countMembers(shorter.folded)) return true;
  // “甲”“乙”“丙”: quoted one after the other without a mark between.
  const quoted = countQuoted(shorter.text);
  if (quoted > 0 && countQuoted(longer.text) > quoted) return true;
  return extra.some(({ tokens: run, from, to }) => {
    if (!run.every(isActivity)) return false;
    return isActivity(longer.tokens[from - 1] ?? '') || isActivity(longer.tokens[to] ?? '');
  });
}

const generalSubjectTokens = new Set([
  '经营',
  ...['单位', '机构', '场所', '环节', '用户', '主体'].flatMap((word) => wordTokens(word)),
  ...'者类户店点',
]);

const memberTexts = (subject: string) =>
  foldText(subject)
    .split(listMark)
    .map((member) => member.replace(/等(?:单位|场所|机构|企业)?.*$/, ''))
    .filter((member) => member !== '');

/** 学校 → 小学, 医疗机构 → 民营医院: told by what is a kind of what. */
function kindsAmong(left: string, right: string): 'scope-narrowed' | 'scope-widened' | undefined {
  const a = memberTexts(left);
  const b = memberTexts(right);
  const within = (parts: readonly string[], wholes: readonly string[]) =>
    parts.every((part) => wholes.some((whole) => part === whole || isKindOf(part, whole))) &&
    parts.some((part) => wholes.some((whole) => isKindOf(part, whole)));
  if (within(b, a)) return 'scope-narrowed';
  return within(a, b) ? 'scope-widened' : undefined;
}

/** 餐饮用户 among 餐饮企业、学校食堂等单位用户: every member shares a word of two characters with one of the others. */
function areAmong(few: string, many: string): boolean {
  const others = foldText(many).split(listMark);
  return foldText(few)
    .split(listMark)
    .filter((member) => member !== '')
    .every((member) =>
      others.some((other) => {
        for (let i = 0; i + 2 <= member.length; i++) if (other.includes(member.slice(i, i + 2))) return true;
        return false;
      }),
    );
}

/** A field is called by its things, its market or its stage alike: 种子 and 种子市场, 经营环节 and 农资经营门店. */
const fieldEnding = /(?:市场|方面|环节|领域|行业)$/;

function nameOneField(left: Statement, right: Statement): boolean {
  const [a, b] = [left.subject ?? '', right.subject ?? ''];
  const [bareA, bareB] = [a, b].map((subject) => subject.replace(fieldEnding, '')) as [string, string];
  if (bareA === bareB) return true;
  return [[a, bareA, right.subjectTokens] as const, [b, bareB, left.subjectTokens] as const].some(
    ([whole, bare, tokens]) => /环节$/.test(whole) && wordTokens(bare).every((token) => tokens.includes(token)),
  );
}

/** Those whom a notice is about, without saying which of them. */
const everyone = /^(?:学校|企业|单位|机构|场所|经营者|经营主体|商户|市场主体)$/;

/** 烟花爆竹企业 for 企业: a listed member restricts the very word by which everyone is meant; 中小学校 does not. */
function isRestricted(general: string, listed: string, given: ReadonlySet<string>): boolean {
  const word = foldText(general);
  const restricts = (token: string) => token.length > 1 && !generalSubjectTokens.has(token) && !given.has(token);
  return memberTexts(listed).some(
    (member) => member.endsWith(word) && wordTokens(member.slice(0, -word.length)).some(restricts),
  );
}

/** Adds the effect of a wider or narrower subject. */
export function scopeOfSubjects(
  left: Statement,
  right: Statement,
  effects: Set<ChangeEffect>,
  given: ReadonlySet<string>,
): void {
  if (left.subject === null || right.subject === null || nameOneField(left, right)) return;
  const kinds = kindsAmong(left.subject, right.subject);
  if (kinds !== undefined) {
    effects.add(kinds);
    return;
  }
  const a = new Set(left.subjectTokens);
  const b = new Set(right.subjectTokens);
  for (const token of [...generalSubjectTokens, ...given]) {
    // 燃气企业 is short for 燃气经营企业; 药品生产企业 is not short for 药品经营企业.
    if (a.has(token) !== b.has(token) && a.size > 1 && b.size > 1) {
      a.delete(token);
      b.delete(token);
    }
  }
  const onlyLeft = [...a].filter((token) => !b.has(token));
  const onlyRight = [...b].filter((token) => !a.has(token));
  if (onlyLeft.length === 0 && onlyRight.length === 0) return;
  const leftMembers = countMembers(foldText(left.subject));
  const rightMembers = countMembers(foldText(right.subject));
  if (onlyLeft.length > 0 && onlyRight.length > 0) {
    if (leftMembers > rightMembers && areAmong(right.subject, left.subject)) effects.add('scope-narrowed');
    else if (rightMembers > leftMembers && areAmong(left.subject, right.subject)) effects.add('scope-widened');
    return;
  }
  // 各中小学校、幼儿园 for 学校: the kinds of those of whom the other notice speaks in general.
  const leftIsGeneral = everyone.test(left.subject);
  if (leftIsGeneral !== everyone.test(right.subject) && leftMembers !== rightMembers) {
    const [general, listed] = leftIsGeneral ? [left.subject, right.subject] : [right.subject, left.subject];
    if (isRestricted(general, listed, given)) effects.add(leftIsGeneral ? 'scope-narrowed' : 'scope-widened');
    return;
  }
  // 危险废物产生单位 and 产废单位 name the same: of two names of as many bodies only a restricting word makes fewer.
  if (leftMembers === rightMembers && !isRestricting(onlyLeft.length === 0 ? right.subject : left.subject)) return;
  if (onlyLeft.length === 0) effects.add(rightMembers > leftMembers ? 'scope-widened' : 'scope-narrowed');
  else if (onlyRight.length === 0) effects.add(leftMembers > rightMembers ? 'scope-narrowed' : 'scope-widened');
}

/** Adds the effect of words such as 试点 and 规模以上. */
export function scopeWords(left: Statement, right: Statement, effects: Set<ChangeEffect>): void {
  const [before, after] = [left, right].map(({ subject, folded }) => isNarrow(`${foldText(subject ?? '')}|${folded}`));
  if (before !== after) effects.add(after ? 'scope-narrowed' : 'scope-widened');
}
