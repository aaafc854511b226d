/**
 * A pure function of a text that remembers its last results: counties copy sentence by sentence, so the same text is
 * read again and again. Forgets everything when `limit` results are held, which keeps memory bounded.
 */
export function remembering<T>(limit: number, read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = read(text);
    if (known.size >= limit) known.clear();
    known.set(text, value);
    return value;
  };
}
