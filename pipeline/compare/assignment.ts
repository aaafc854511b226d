/** A possible pair: the i-th of the left, the j-th of the right, and what pairing them is worth (0..1). */
export interface Candidate {
  readonly left: number;
  readonly right: number;
  readonly worth: number;
}

/** A binary heap of (key, value) in two arrays; the smallest key comes out first. */
interface Heap {
  readonly keys: number[];
  readonly values: number[];
}

function push(heap: Heap, key: number, value: number): void {
  let at = heap.keys.length;
  heap.keys.push(key);
  heap.values.push(value);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap.keys[parent]! <= key) break;
    heap.keys[at] = heap.keys[parent]!;
    heap.values[at] = heap.values[parent]!;
    at = parent;
  }
  heap.keys[at] = key;
  heap.values[at] = value;
}

function pop(heap: Heap): readonly [number, number] | undefined {
  if (heap.keys.length === 0) return undefined;
  const top = [heap.keys[0]!, heap.values[0]!] as const;
  const key = heap.keys.pop()!;
  const value = heap.values.pop()!;
  const size = heap.keys.length;
  if (size > 0) {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && heap.keys[child + 1]! < heap.keys[child]!) child += 1;
      if (heap.keys[child]! >= key) break;
      heap.keys[at] = heap.keys[child]!;
      heap.values[at] = heap.values[child]!;
      at = child;
    }
    heap.keys[at] = key;
    heap.values[at] = value;
  }
  return top;
}

/**
 * The one-to-one pairing of greatest total worth, where leaving an entry without a counterpart is worth `floor` (so a
 * pair below it is never made). Returns for every left entry its right one, or -1.
 *
 * Sparse shortest augmenting paths with potentials (Jonker and Volgenant 1987, on candidate edges instead of the full
 * matrix): each left entry has a private column for "no counterpart" at cost 1 - floor, so a solution always exists and
 * a search ends as soon as nothing better is left. O(n · e log e) at worst, near linear for the sparse candidates that
 * alignments have.
 */
export function assign(
  leftCount: number,
  rightCount: number,
  candidates: readonly Candidate[],
  floor: number,
): Int32Array {
  const edges: { right: number; cost: number }[][] = Array.from({ length: leftCount }, () => []);
  for (const { left, right, worth } of candidates) {
    if (worth > floor) edges[left]!.push({ right, cost: 1 - worth });
  }
  // Columns: 0..rightCount-1 are real, rightCount + i is the private column of left entry i.
  const columns = rightCount + leftCount;
  const rowOf = new Int32Array(columns).fill(-1);
  const columnOf = new Int32Array(leftCount).fill(-1);
  const rowPotential = new Float64Array(leftCount);
  const columnPotential = new Float64Array(columns);
  const distance = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  const previousRow = new Int32Array(columns).fill(-1);
  const settled = new Uint8Array(columns);

  for (let start = 0; start < leftCount; start++) {
    const heap: Heap = { keys: [], values: [] };
    const touched: number[] = [];
    const reach = (row: number, base: number) => {
      const relax = (column: number, cost: number) => {
        if (settled[column]) return;
        const length = base + cost - rowPotential[row]! - columnPotential[column]!;
        if (length < distance[column]! - 1e-12) {
          if (distance[column] === Number.POSITIVE_INFINITY) touched.push(column);
          distance[column] = length;
          previousRow[column] = row;
          push(heap, length, column);
        }
      };
      for (const edge of edges[row]!) relax(edge.right, edge.cost);
      relax(rightCount + row, 1 - floor);
    };
    reach(start, 0);
    let sink = -1;
    let shortest = 0;
    for (let next = pop(heap); next !== undefined; next = pop(heap)) {
      const [key, column] = next;
      if (settled[column] || key > distance[column]!) continue;
      settled[column] = 1;
      shortest = key;
      if (rowOf[column] === -1) {
        sink = column;
        break;
      }
      reach(rowOf[column]!, key);
    }
    // Potentials keep reduced costs non-negative for the next search.
    rowPotential[start]! += shortest;
    for (const column of touched) {
      if (settled[column] && column !== sink) {
        rowPotential[rowOf[column]!]! += shortest - distance[column]!;
        columnPotential[column]! -= shortest - distance[column]!;
      }
    }
    for (let column = sink; column !== -1; ) {
      const row = previousRow[column]!;
      const before = columnOf[row]!;
      rowOf[column] = row;
      columnOf[row] = column;
      column = row === start ? -1 : before;
    }
    for (const column of touched) {
      distance[column] = Number.POSITIVE_INFINITY;
      previousRow[column] = -1;
      settled[column] = 0;
    }
  }
  return columnOf.map((column) => (column >= rightCount ? -1 : column));
}
