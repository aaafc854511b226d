/** Sets of ids that hang together by pairs, in the order of the ids; pairs with other ids are passed over. */
export function components(ids: readonly string[], pairs: readonly (readonly [string, string])[]): string[][] {
  const leader = new Map(ids.map((id) => [id, id]));
  const root = (id: string): string => {
    let at = id;
    while (leader.get(at) !== at) {
      leader.set(at, leader.get(leader.get(at)!)!);
      at = leader.get(at)!;
    }
    return at;
  };
  for (const [a, b] of pairs) if (leader.has(a) && leader.has(b)) leader.set(root(a), root(b));
  const sets = new Map<string, string[]>();
  for (const id of ids) {
    const set = sets.get(root(id));
    if (set) set.push(id);
    else sets.set(root(id), [id]);
  }
  return [...sets.values()];
}
