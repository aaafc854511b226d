/** One DER value: just enough of ASN.1 (X.690) to find names in a seal. */
export interface DerNode {
  readonly tag: number;
  readonly bytes: Uint8Array;
  readonly children: readonly DerNode[];
}

export const derTag = {
  octetString: 0x04,
  utf8String: 0x0c,
  sequence: 0x30,
  ia5String: 0x16,
  generalizedTime: 0x18,
} as const;

/** Parses DER; null where it is none. At most `most` values, no deeper than 40. */
export function parseDer(bytes: Uint8Array, most = 20_000): DerNode | null {
  const budget = { values: most };
  return readValue(bytes, 0, 0, budget)?.node ?? null;
}

function readValue(
  bytes: Uint8Array,
  at: number,
  depth: number,
  budget: { values: number },
): { node: DerNode; end: number } | null {
  if (depth > 40 || budget.values-- <= 0) return null;
  const tag = bytes[at];
  let length = bytes[at + 1];
  if (tag === undefined || length === undefined) return null;
  let start = at + 2;
  if (length & 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 4) return null;
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[start + i] ?? 0);
    start += count;
  }
  const end = start + length;
  if (end > bytes.length) return null;
  const content = bytes.subarray(start, end);
  const children: DerNode[] = [];
  // Constructed values hold others.
  if (tag & 0x20) {
    for (let inner = 0; inner < content.length; ) {
      const read = readValue(content, inner, depth + 1, budget);
      if (read === null) break;
      children.push(read.node);
      inner = read.end;
    }
  }
  return { node: { tag, bytes: content, children }, end };
}

export function textOfDer(node: DerNode): string {
  return new TextDecoder().decode(node.bytes).trim();
}

/** The first value, depth first, for which `test` holds. */
export function findDer(node: DerNode, test: (node: DerNode) => boolean): DerNode | null {
  if (test(node)) return node;
  for (const child of node.children) {
    const found = findDer(child, test);
    if (found !== null) return found;
  }
  return null;
}
