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
    const [winner, next] = [...votes.values()].sort((a, b) => b.sum - a.sum);
    const { best } = winner!;
    return { ...best, second: next ? next.best.text : best.second };
  });
  return { characters: withAdditions(characters, additions, readings.length) };
}

const weight = (reading: LineReading): number => reading.characters.reduce((sum, c) => sum + c.confidence, 0);

function castVotes(
  base: LineReading,
  other: LineReading,
  slots: readonly Slot[],
  additions: { at: number; character: ReadCharacter }[],
): void {
  const parts = diffArrays(
    base.characters.map((c) => c.text),
    other.characters.map((c) => c.text),
  );
  let [i, k] = [0, 0];
  const vote = (slot: number, character: ReadCharacter): void => {
    const { votes } = slots[slot]!;
    const had = votes.get(character.text);
    if (had) had.sum += character.confidence;
    else votes.set(character.text, { sum: character.confidence, best: character });
  };
  for (let p = 0; p < parts.length; p++) {
    const part = parts[p]!;
    if (!part.added && !part.removed) {
      for (let n = 0; n < part.value.length; n++) vote(i++, other.characters[k++]!);
      continue;
    }
    const next = parts[p + 1];
    const removed = part.removed ? part.value.length : next?.removed ? next.value.length : 0;
    const added = part.added ? part.value.length : next?.added ? next.value.length : 0;
    if (next && (next.added || next.removed)) p++;
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
