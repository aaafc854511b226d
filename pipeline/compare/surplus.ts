/** What one list of tokens has and another has not. */

/** A token and its position. */
export interface PlacedToken {
  readonly token: string;
  readonly at: number;
}

/** What of two statements only the one has, and only the other. */
export interface OnlyIn {
  readonly left: readonly PlacedToken[];
  readonly right: readonly PlacedToken[];
}

/** The tokens of `a` that `b` does not have as often, in their order. */
export function surplus(a: readonly string[], b: readonly string[]): PlacedToken[] {
  const left = new Map<string, number>();
  for (const token of b) left.set(token, (left.get(token) ?? 0) + 1);
  const result: PlacedToken[] = [];
  a.forEach((token, at) => {
    const count = left.get(token) ?? 0;
    if (count > 0) left.set(token, count - 1);
    else result.push({ token, at });
  });
  return result;
}

/** Neighbouring tokens of a statement: from the first to behind the last. */
export interface Run {
  readonly tokens: string[];
  readonly from: number;
  to: number;
}

/** Runs of neighbouring surplus tokens. */
export function runs(tokens: readonly PlacedToken[]): Run[] {
  const result: Run[] = [];
  for (const { token, at } of tokens) {
    const last = result.at(-1);
    if (last && last.to === at) {
      last.tokens.push(token);
      last.to = at + 1;
    } else result.push({ tokens: [token], from: at, to: at + 1 });
  }
  return result;
}

/** A figure with its unit, or a date. */
export const isFigure = (token: string) => /^\d/.test(token);

/** Tokens that deny. */
export const negations = new Set(['不', '非', '勿', '免']);
