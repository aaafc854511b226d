import { diffArrays } from 'diff';
import type { LineReading, ReadCharacter } from './engine.ts';

interface Slot {
  /** What was read here, and how surely in all. */
  readonly votes: Map<string, { sum: number; best: ReadCharacter }>;
}

/**
 * One reading out of several of the same line (differently prepared): the surest is the base, the others vote on each
 * of its characters, and a character that at least half of them add is added.
 */
export function voteReadings(readings: readonly LineReading[]): LineReading {
  const ranked = [...readings].sort((a, b) => weight(b) - weight(a));
  const [base, ...others] = ranked;
  if (!base || base.characters.length === 0) return base ?? { characters: [] };
  const slots: Slot[] = base.characters.map((c) => ({ votes: new Map([[c.text, { sum: c.confidence, best: c }]]) }));
  const additions: { at: number; character: ReadCharacter }[] = [];
  for (const other of others) castVotes(base, other, slots, additions);
  const characters = slots.map(({ votes }) => {
    const [winner, ...losers] = [...votes.values()].sort((a, b) => b.sum - a.sum);
    const { best } = winner!;
    const second = losers[0]?.best.text ?? best.second;
    const possible = [best, ...losers.map((loser) => loser.best)].flatMap((c) => [
      c.text,
      c.second ?? '',
      ...(c.rivals ?? ''),
    ]);
    const rivals = [...new Set(possible)].filter((text) => text !== best.text && text !== second).join('');
    return { ...best, second, ...(rivals !== '' && { rivals }) };
  });
  return { characters: withAdditions(characters, additions, readings.length) };
}

const weight = (reading: LineReading): number => reading.characters.reduce((sum, c) => sum + c.confidence, 0);

/**
 * A reading with what another reading of the same line held for its characters beside them, as second choice, where it
 * has none of its own: what the one is sure of, the other may have doubted.
 */
export function withDoubtsOf(other: LineReading, reading: LineReading): LineReading {
  const characters = [...reading.characters];
  let [i, k] = [0, 0];
  const doubt = (own: ReadCharacter, theirs: ReadCharacter): ReadCharacter => {
    const second = theirs.text === own.text ? theirs.second : theirs.text;
    return own.second === null && second !== null && second !== own.text ? { ...own, second } : own;
  };
  for (const { removed, added } of alignments(reading, other)) {
    if (removed === added) {
      for (let n = 0; n < removed; n++) characters[i + n] = doubt(characters[i + n]!, other.characters[k + n]!);
    }
    i += removed;
    k += added;
  }
  return { characters };
}

/** Stretches of two readings, one after the other, that are alike or stand for each other: how many characters of each. */
function alignments(a: LineReading, b: LineReading): { removed: number; added: number }[] {
  const parts = diffArrays(
    a.characters.map((c) => c.text),
    b.characters.map((c) => c.text),
  );
  const found: { removed: number; added: number }[] = [];
  for (let p = 0; p < parts.length; p++) {
    const part = parts[p]!;
    const count = part.value.length;
    if (!part.added && !part.removed) {
      found.push({ removed: count, added: count });
      continue;
    }
    const next = parts[p + 1];
    found.push({
      removed: part.removed ? count : next?.removed ? next.value.length : 0,
      added: part.added ? count : next?.added ? next.value.length : 0,
    });
    if (next && (next.added || next.removed)) p++;
  }
  return found;
}

function castVotes(
  base: LineReading,
  other: LineReading,
  slots: readonly Slot[],
  additions: { at: number; character: ReadCharacter }[],
): void {
  let [i, k] = [0, 0];
  const vote = (slot: number, character: ReadCharacter): void => {
    const { votes } = slots[slot]!;
    const had = votes.get(character.text);
    if (had) had.sum += character.confidence;
    else votes.set(character.text, { sum: character.confidence, best: character });
  };
  for (const { removed, added } of alignments(base, other)) {
    if (removed === added) for (let n = 0; n < removed; n++) vote(i + n, other.characters[k + n]!);
    else if (removed === 0)
      for (let n = 0; n < added; n++) additions.push({ at: i, character: other.characters[k + n]! });
    i += removed;
    k += added;
  }
}

function withAdditions(
  characters: readonly ReadCharacter[],
  additions: readonly { at: number; character: ReadCharacter }[],
  readers: number,
): ReadCharacter[] {
  const result: ReadCharacter[] = [];
  for (let i = 0; i <= characters.length; i++) {
    const here = additions.filter((a) => a.at === i);
    const texts = new Set(here.map((a) => a.character.text));
    for (const text of texts) {
      const same = here.filter((a) => a.character.text === text);
      if (same.length * 2 >= readers) result.push(same[0]!.character);
    }
    if (i < characters.length) result.push(characters[i]!);
  }
  return result;
}
