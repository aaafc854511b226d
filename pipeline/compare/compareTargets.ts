import { dutyWords, wordTokens } from '../../extractors/lexicon/wording.ts';
import type { Change, ChangeEffect } from '../../models/comparison.ts';
import type { Contact, Target } from '../../models/facts.ts';
import { foldText } from '../../models/text/fold.ts';
import { assign, type Candidate } from './assignment.ts';
import { textEdits } from './edits.ts';
import { coverageOf, diceOf, type Features, featuresOf, massOf, weightsOf } from './similarity.ts';

const round = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;

/** 检查覆盖率 and 报警装置安装率 are two goals, however much else their sentences share. */
const targetFloor = 0.6;
/** Units that count the same thing under two names. */
const unitOf = (unit: string) => foldText(unit).replace(/^(?:户|家|个)$/, '家');

/** 每个县（区）抽检…, 各县检查…: whom a level tells is its own. */
const ofEach = /^(?:每个?|各)(?:省|市|州|县|区|旗|乡|镇|街道|所|[（）()、])+/;

/** The words of a target without its figure: what is measured. */
function measured(target: Target): string[] {
  const tokens = wordTokens((target.metric ?? target.text).replace(ofEach, ''));
  return tokens.filter((token) => !/^\d/.test(token));
}

/** On each side the days on which something is owed: a goal's day that is among them is compared there. */
export interface OwedDays {
  readonly left: ReadonlySet<string | null>;
  readonly right: ReadonlySet<string | null>;
}

function targetEffects(left: Target, right: Target, owed: OwedDays): ChangeEffect[] {
  const effects = new Set<ChangeEffect>();
  if (left.value !== right.value || unitOf(left.unit) !== unitOf(right.unit)) effects.add('number-changed');
  if (unitOf(left.unit) === unitOf(right.unit) && left.value !== right.value) {
    const more = right.value > left.value;
    // A ceiling that rises asks less; a floor or a goal that rises asks more.
    effects.add(more === (left.comparison === '<=') ? 'weakened' : 'strengthened');
  }
  if (left.comparison !== right.comparison && left.value === right.value) {
    if (left.comparison === '=' && right.comparison === '>=') effects.add('strengthened');
    else if (left.comparison === '>=' && right.comparison === '=') effects.add('weakened');
    else effects.add('number-changed');
  }
  const owedBoth = owed.left.has(left.by) && owed.right.has(right.by);
  if (left.by !== null && right.by !== null && left.by !== right.by && !owedBoth) {
    effects.add(right.by < left.by ? 'date-earlier' : 'date-later');
  }
  // 力争达到 promises less than 达到.
  const soft = dutyWords(foldText(right.text)).soft.length - dutyWords(foldText(left.text)).soft.length;
  if (effects.size === 0 && soft !== 0) effects.add(soft > 0 ? 'weakened' : 'strengthened');
  return [...effects];
}

/** Words of a goal that must stand in another for the two to be drawn together there. */
const containedShare = 0.85;

/** The changes of the quantified goals: paired by what is measured, judged by figure, comparison and date. */
export function compareTargets(
  left: readonly Target[],
  right: readonly Target[],
  owed: OwedDays = { left: new Set(), right: new Set() },
): Change<Target>[] {
  const a = left.map((target) => featuresOf(measured(target)));
  const b = right.map((target) => featuresOf(measured(target)));
  // Two targets may share their metric (覆盖率); the rest of the sentence tells them apart.
  const wordsA = left.map((target) => featuresOf(wordTokens(target.text).filter((token) => !/^\d/.test(token))));
  const wordsB = right.map((target) => featuresOf(wordTokens(target.text).filter((token) => !/^\d/.test(token))));
  const weights = weightsOf([...wordsA, ...wordsB], 0.3);
  const candidates: Candidate[] = [];
  const worth = new Map<number, number>();
  left.forEach((x, i) => {
    right.forEach((y, j) => {
      const metric = diceOf(a[i]!, b[j]!, weights, massOf(a[i]!, weights), massOf(b[j]!, weights));
      const words = diceOf(wordsA[i]!, wordsB[j]!, weights, massOf(wordsA[i]!, weights), massOf(wordsB[j]!, weights));
      const text = Math.max(metric, words) * 0.6 + Math.min(metric, words) * 0.4;
      const unit = unitOf(x.unit) === unitOf(y.unit) ? 0.1 : -0.15;
      const value = x.value === y.value ? 0.05 : 0;
      const total = Math.min(1, Math.max(0, text * 0.85 + (text > 0 ? unit + value : 0)));
      worth.set(i * right.length + j, total);
      candidates.push({ left: i, right: j, worth: total });
    });
  });
  const assigned = assign(left.length, right.length, candidates, targetFloor);
  const lefts = right.map((_, j) => left.map((_x, i) => i).filter((i) => assigned[i] === j));
  const rights = left.map((_, i) => (assigned[i]! >= 0 ? [assigned[i]!] : []));
  // 充装企业覆盖率、经营企业覆盖率均达到100%: two goals in one sentence.
  const join = (one: Target, other: Target, part: Features, whole: Features) =>
    one.value === other.value &&
    unitOf(one.unit) === unitOf(other.unit) &&
    coverageOf(part, whole, weights) >= containedShare;
  left.forEach((target, i) => {
    if (rights[i]!.length > 0) return;
    const j = right.findIndex(
      (other, at) =>
        lefts[at]!.length > 0 && rights[lefts[at]![0]!]!.length === 1 && join(target, other, a[i]!, wordsB[at]!),
    );
    if (j < 0) return;
    rights[i]!.push(j);
    lefts[j]!.push(i);
  });
  right.forEach((target, j) => {
    if (lefts[j]!.length > 0) return;
    const i = left.findIndex(
      (other, at) =>
        rights[at]!.length > 0 && lefts[rights[at]![0]!]!.length === 1 && join(target, other, b[j]!, wordsA[at]!),
    );
    if (i < 0) return;
    rights[i]!.push(j);
    lefts[j]!.push(i);
  });
  const changes = left.flatMap((target, i): Change<Target>[] => {
    const partners = rights[i]!;
    if (partners.length === 0) return [{ change: 'dropped', effects: [], left: [target], right: [], similarity: 0 }];
    const wholes = [...lefts[partners[0]!]!].sort((x, y) => x - y);
    if (wholes[0] !== i) return [];
    const effects = new Set(wholes.flatMap((at) => partners.flatMap((j) => targetEffects(left[at]!, right[j]!, owed))));
    if (partners.length > 1) effects.add('split');
    if (wholes.length > 1) effects.add('merged');
    const edits = textEdits(
      wholes.map((at) => left[at]!.text).join('、'),
      partners.map((j) => right[j]!.text).join('、'),
    );
    return [
      {
        change: effects.size === 0 ? 'kept' : 'modified',
        effects: [...effects],
        left: wholes.map((at) => left[at]!),
        right: partners.map((j) => right[j]!),
        similarity: round(worth.get(i * right.length + partners[0]!) ?? 0),
        ...(edits ? { edits } : {}),
      },
    ];
  });
  right.forEach((target, j) => {
    if (lefts[j]!.length === 0)
      changes.push({ change: 'added', effects: [], left: [], right: [target], similarity: 0 });
  });
  return changes;
}

const digits = (phone: string) => phone.replace(/\D/g, '');

/**
 * The changes of the contacts. Another level has other people, so two contacts are paired only where they share a
 * name, a number or an address; all else is dropped and added.
 */
export function compareContacts(left: readonly Contact[], right: readonly Contact[]): Change<Contact>[] {
  const shares = (x: Contact, y: Contact) => {
    const phones = x.phones.some((phone) => y.phones.some((other) => digits(phone) === digits(other)));
    const emails = x.emails.some((email) => y.emails.some((o) => o.toLowerCase() === email.toLowerCase()));
    const name = x.name !== null && y.name !== null && foldText(x.name) === foldText(y.name);
    return (name ? 0.5 : 0) + (phones ? 0.3 : 0) + (emails ? 0.2 : 0);
  };
  const key = (contact: Contact) =>
    JSON.stringify([
      foldText(contact.name ?? ''),
      contact.phones.map(digits).sort(),
      contact.emails.map((email) => email.toLowerCase()).sort(),
      digits(contact.fax ?? ''),
    ]);
  const candidates = left.flatMap((x, i) =>
    right.map((y, j) => ({ left: i, right: j, worth: key(x) === key(y) ? 1 : shares(x, y) })),
  );
  const assigned = assign(left.length, right.length, candidates, 0.1);
  const taken = new Set<number>();
  const changes = left.map((contact, i): Change<Contact> => {
    const j = assigned[i]!;
    if (j < 0) return { change: 'dropped', effects: [], left: [contact], right: [], similarity: 0 };
    taken.add(j);
    const other = right[j]!;
    const same = key(contact) === key(other);
    return {
      change: same ? 'kept' : 'modified',
      effects: [],
      left: [contact],
      right: [other],
      similarity: round(same ? 1 : shares(contact, other)),
    };
  });
  right.forEach((contact, j) => {
    if (!taken.has(j)) changes.push({ change: 'added', effects: [], left: [], right: [contact], similarity: 0 });
  });
  return changes;
}
