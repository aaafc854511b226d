import type { FormModel } from '../../../models/index.ts';

export const periodPattern = /^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4]|-H[12]|-W([0-4]\d|5[0-3]))?$/;

/** Periods around today of the lengths in which forms are owed, the latest first: what people most likely want. */
export function nearPeriods(forms: readonly Pick<FormModel, 'deadlines'>[], today = new Date()): readonly string[] {
  const frequencies = new Set(
    forms.flatMap((form) => form.deadlines.flatMap(({ due }) => (due.kind === 'recurring' ? [due.frequency] : []))),
  );
  const year = today.getFullYear();
  const month = today.getMonth();
  const near: string[] = [];
  const add = (count: number, nameOf: (index: number) => string, now: number) => {
    for (let index = now + 1; index > now - count; index--) near.push(nameOf(index));
  };
  const within = (index: number, size: number) =>
    [year + Math.floor(index / size), ((index % size) + size) % size] as const;
  if (frequencies.has('monthly') || frequencies.size === 0) {
    add(
      4,
      (index) => {
        const [of, at] = within(index, 12);
        return `${of}-${String(at + 1).padStart(2, '0')}`;
      },
      month,
    );
  }
  if (frequencies.has('quarterly')) {
    add(
      3,
      (index) => {
        const [of, at] = within(index, 4);
        return `${of}-Q${at + 1}`;
      },
      Math.floor(month / 3),
    );
  }
  if (frequencies.has('half-yearly')) {
    add(
      2,
      (index) => {
        const [of, at] = within(index, 2);
        return `${of}-H${at + 1}`;
      },
      Math.floor(month / 6),
    );
  }
  if (frequencies.has('yearly')) near.push(String(year), String(year - 1));
  return near;
}
