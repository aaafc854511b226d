import { diffArrays } from 'diff';

/** Where two texts differ: characters from `from` to `to` of the first stand for `text` of the second. */
export interface Difference {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Two texts set side by side. */
export interface Alignment {
  readonly differences: readonly Difference[];
  /** How many characters they have in common, in order. */
  readonly common: number;
}

export function align(first: string, second: string): Alignment {
  const differences: Difference[] = [];
  let [common, at] = [0, 0];
  let [from, text] = [-1, ''];
  const close = (): void => {
    if (from >= 0) differences.push({ from, to: at, text });
    [from, text] = [-1, ''];
  };
  for (const { value, added, removed } of diffArrays([...first], [...second])) {
    if (!added && !removed) {
      close();
      common += value.length;
      at += value.length;
      continue;
    }
    if (from < 0) from = at;
    if (removed) at += value.length;
    else text += value.join('');
  }
  close();
  return { differences, common };
}
