/** Numbers at random that are the same for the same seed. */
export interface SeededRandom {
  /** 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number;
  pick<T>(values: readonly T[]): T;
  /** `count` different values in random order (all of them where there are fewer). */
  sample<T>(values: readonly T[], count: number): T[];
  chance(probability: number): boolean;
}

/** mulberry32 (public domain): small, and good enough to vary test material. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const integer = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    integer,
    pick: (values) => values[integer(0, values.length - 1)]!,
    sample: (values, count) => {
      const rest = [...values];
      const picked = [];
      while (picked.length < count && rest.length > 0) picked.push(...rest.splice(integer(0, rest.length - 1), 1));
      return picked;
    },
    chance: (probability) => next() < probability,
  };
}
