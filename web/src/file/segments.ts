import type { PlacedFact } from './facts.ts';

/** A run of text in which the same facts stand; the shortest fact first. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly keys: readonly string[];
}

/** Cuts a text at the ends of all facts, and at ends of lines. */
export function segmentsOf(textLength: number, facts: readonly PlacedFact[]): readonly Segment[] {
  const places = facts.flatMap(({ key, evidence }) =>
    evidence
      .filter((one) => one.end > one.start && one.end <= textLength)
      .map(({ start, end }) => ({ key, start, end })),
  );
  const cuts = [...new Set([0, textLength, ...places.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  places.sort((a, b) => a.start - b.start);
  const segments: Segment[] = [];
  let next = 0;
  let open: typeof places = [];
  for (let index = 0; index + 1 < cuts.length; index++) {
    const start = cuts[index] ?? 0;
    const end = cuts[index + 1] ?? 0;
    open = open.filter((place) => place.end > start);
    for (let place = places[next]; place !== undefined && place.start <= start; place = places[++next])
      open.push(place);
    const keys = [...open].sort((a, b) => a.end - a.start - (b.end - b.start)).map(({ key }) => key);
    segments.push({ start, end, keys: [...new Set(keys)] });
  }
  return segments;
}
