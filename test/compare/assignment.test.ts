import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assign, type Candidate } from '../../pipeline/compare/assignment.ts';

/** The best total by trying everything. */
function bestTotal(
  leftCount: number,
  rightCount: number,
  worth: (i: number, j: number) => number,
  floor: number,
): number {
  const used = new Set<number>();
  const from = (i: number): number => {
    if (i === leftCount) return 0;
    let best = from(i + 1);
    for (let j = 0; j < rightCount; j++) {
      if (used.has(j) || worth(i, j) <= floor) continue;
      used.add(j);
      best = Math.max(best, worth(i, j) - floor + from(i + 1));
      used.delete(j);
    }
    return best;
  };
  return from(0);
}

const problem = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })).chain(([left, right]) =>
  fc.record({
    left: fc.constant(left),
    right: fc.constant(right),
    worth: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: left * right, maxLength: left * right }),
    floor: fc.constantFrom(0.15, 0.4, 0.7),
  }),
);

test('the assignment is the best there is, and pairs nothing below the floor', () => {
  fc.assert(
    fc.property(problem, ({ left, right, worth, floor }) => {
      const value = (i: number, j: number) => worth[i * right + j]! / 20;
      const candidates: Candidate[] = [];
      for (let i = 0; i < left; i++)
        for (let j = 0; j < right; j++) candidates.push({ left: i, right: j, worth: value(i, j) });
      const assigned = [...assign(left, right, candidates, floor)];
      const taken = assigned.filter((j) => j >= 0);
      expect(new Set(taken).size).toBe(taken.length);
      let total = 0;
      assigned.forEach((j, i) => {
        if (j < 0) return;
        expect(value(i, j)).toBeGreaterThan(floor);
        total += value(i, j) - floor;
      });
      expect(total).toBeCloseTo(bestTotal(left, right, value, floor), 9);
    }),
    { numRuns: 400 },
  );
});

test('a greedy pair is given up where the whole is better', () => {
  const candidates = [
    { left: 0, right: 0, worth: 0.9 },
    { left: 0, right: 1, worth: 0.85 },
    { left: 1, right: 0, worth: 0.8 },
  ];
  expect([...assign(2, 2, candidates, 0.4)]).toEqual([1, 0]);
});
