import { wordTokens } from '../../extractors/lexicon/wording.ts';
import type { Change, ChangeEffect } from '../../models/comparison.ts';
import type { Contact, Target } from '../../models/facts.ts';
import { foldText } from '../../models/text/fold.ts';
import { assign, type Candidate } from './assignment.ts';
import { textEdits } from './edits.ts';
import { diceOf, featuresOf, massOf, weightsOf } from './similarity.ts';

const round = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;

const targetFloor = 0.42;
/** Units that count the same thing under two names. */
const unitOf = (unit: string) => foldText(unit).replace(/^(?:户|家|个)$/, '家');

/** The words of a target without its figure: what is measured. */
function measured(target: Target): string[] {
  const tokens = wordTokens(`${target.metric ?? ''}${target.metric ? '' : target.text}`);
  return tokens.filter((token) => !/^\d/.test(token));
}

function targetEffects(left: Target, right: Target): ChangeEffect[] {
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
  if (left.by !== null && right.by !== null && left.by !== right.by) {
    effects.add(right.by < left.by ? 'date-earlier' : 'date-later');
  }
  return [...effects];
}

/** The changes of the quantified goals: paired by what is measured, judged by figure, comparison and date. */
export function compareTargets(left: readonly Target[], right: readonly Target[]): Change<Target>[] {
  const a = left.map((target) => featuresOf(measured(target)));
  const b = right.map((target) => featuresOf(measured(target)));
  // Two targets may share their metric (覆盖率); the rest of the sentence tells them apart.
  const wordsA = left.map((target) => featuresOf(wordTokens(target.text).filter((token) => !/^\d/.test(token))));
  const wordsB = right.map((target) => featuresOf(wordTokens(target.text).filter((token) => !/^\d/.test(token))));
  const weights = weightsOf([...wordsA, ...wordsB]);
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
  const taken = new Set<number>();
  const changes = left.map((target, i): Change<Target> => {
    const j = assigned[i]!;
    if (j < 0) return { change: 'dropped', effects: [], left: [target], right: [], similarity: 0 };
    taken.add(j);
    const other = right[j]!;
    const effects = targetEffects(target, other);
    const edits = textEdits(target.text, other.text);
    return {
      change: effects.length === 0 ? 'kept' : 'modified',
      effects,
      left: [target],
      right: [other],
      similarity: round(worth.get(i * right.length + j) ?? 0),
      ...(edits ? { edits } : {}),
    };
  });
  right.forEach((target, j) => {
    if (!taken.has(j)) changes.push({ change: 'added', effects: [], left: [], right: [target], similarity: 0 });
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
