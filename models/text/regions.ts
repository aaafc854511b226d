import table from './data/regions.json' with { type: 'json' };

/** An administrative division of GB/T 2260. */
export interface RegionEntry {
  readonly code: string;
  readonly name: string;
  readonly level: 'provincial' | 'prefectural' | 'county';
  readonly parent: string | null;
}

/** All names that a text may use for a division, with the divisions that bear them. */
export interface RegionIndex {
  readonly byName: ReadonlyMap<string, readonly RegionEntry[]>;
  readonly byCode: ReadonlyMap<string, RegionEntry>;
  readonly longest: number;
}

const levelOf = (code: string): RegionEntry['level'] =>
  code.endsWith('0000') ? 'provincial' : code.endsWith('00') ? 'prefectural' : 'county';

const parentOf = (code: string): string | null =>
  code.endsWith('0000') ? null : code.endsWith('00') ? `${code.slice(0, 2)}0000` : `${code.slice(0, 4)}00`;

const peoples =
  '蒙古族|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|塔吉克|怒族|鄂温克族|保安族|裕固族|独龙族|鄂伦春|普米族|门巴族|珞巴族|各族';
const peoplesEnding = new RegExp(`(?:(?:${peoples})(?:族)?)+$`, 'u');

/** 广西壮族自治区 → 广西; 恩施土家族苗族自治州 → 恩施州; 前郭尔罗斯蒙古族自治县 → 前郭尔罗斯县; 河南省 → 河南. */
function aliases({ name, level }: RegionEntry): string[] {
  const ethnic = /^(.+?)(自治区|自治州|自治县|自治旗)$/u.exec(name);
  if (ethnic) {
    const bare = (ethnic[1] as string).replace(peoplesEnding, '');
    if (bare.length < 2) return [];
    const kind = (ethnic[2] as string).slice(-1);
    return level === 'provincial' ? [bare] : [`${bare}${kind}`];
  }
  if (level === 'provincial') return [name.replace(/(?:省|市|特别行政区)$/u, '')];
  return [];
}

/** The look-up from names to divisions; `extra` adds divisions, such as invented ones. */
function buildIndex(extra: readonly RegionEntry[] = []): RegionIndex {
  const byName = new Map<string, RegionEntry[]>();
  const byCode = new Map<string, RegionEntry>();
  const add = (name: string, entry: RegionEntry) => {
    const known = byName.get(name);
    if (known) known.push(entry);
    else byName.set(name, [entry]);
  };
  const entries = (table as [string, string][]).map(
    ([code, name]): RegionEntry => ({ code, name, level: levelOf(code), parent: parentOf(code) }),
  );
  for (const entry of [...entries, ...extra]) {
    byCode.set(entry.code, entry);
    add(entry.name, entry);
    for (const alias of aliases(entry)) if (alias !== entry.name) add(alias, entry);
  }
  return { byName, byCode, longest: Math.max(...[...byName.keys()].map((name) => name.length)) };
}

let shared: RegionIndex | undefined;
/** The index of the real divisions, built once. */
export function defaultRegions(): RegionIndex {
  shared ??= buildIndex();
  return shared;
}

const extended = new WeakMap<readonly RegionEntry[], RegionIndex>();
/** The index of the real divisions and these, built once for each list. */
export function regionsWith(extra: readonly RegionEntry[]): RegionIndex {
  const known = extended.get(extra) ?? buildIndex(extra);
  extended.set(extra, known);
  return known;
}

/** The divisions above this one, nearest first. */
export function ancestors(entry: RegionEntry, index: RegionIndex): RegionEntry[] {
  const found: RegionEntry[] = [];
  // Counties directly under a province (419001) have no prefecture in the list.
  for (const code of [entry.parent, entry.parent && `${entry.parent.slice(0, 2)}0000`]) {
    const parent = code ? index.byCode.get(code) : undefined;
    if (parent && !found.includes(parent)) found.push(parent);
  }
  return found;
}

/** The names at the start of a text: 长沙市岳麓区市场监督管理局 → 长沙市, 岳麓区 and where they end. */
export function leadingRegions(
  text: string,
  index: RegionIndex,
): { readonly chain: readonly (readonly RegionEntry[])[]; readonly end: number } {
  const chain: (readonly RegionEntry[])[] = [];
  let at = 0;
  for (let depth = 0; depth < 3; depth++) {
    let hit: readonly RegionEntry[] | undefined;
    for (let length = Math.min(index.longest, text.length - at); length >= 2 && !hit; length--) {
      const candidate = index.byName.get(text.slice(at, at + length));
      // 吉林省吉林市: a short provincial alias does not count where the full name goes on (河南 in 河南蒙古族自治县).
      if (candidate) {
        hit = candidate;
        at += length;
      }
    }
    if (!hit) break;
    chain.push(hit);
  }
  return { chain, end: at };
}

/** How often each division (by code) is named in a text; ambiguous names count for each of theirs. */
export function regionWitnesses(text: string, index: RegionIndex): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  // Every place where a name may end is looked at: 福州市 ends at 市, not at 州.
  for (const match of text.matchAll(/[省市县区旗州盟]/gu)) {
    const end = match.index + 1;
    for (let length = Math.min(end, index.longest); length >= 2; length--) {
      for (const entry of index.byName.get(text.slice(end - length, end)) ?? []) {
        counts.set(entry.code, (counts.get(entry.code) ?? 0) + 1);
      }
    }
  }
  for (const [name, entries] of index.byName) {
    if (name.length > 3 || entries[0]?.level !== 'provincial') continue;
    if (text.includes(name)) counts.set(entries[0].code, (counts.get(entries[0].code) ?? 0) + 1);
  }
  return counts;
}

/** The one-character names that begin the document numbers of a province: 豫 → 410000. */
const provinceMarks: Readonly<Record<string, string>> = {
  京: '110000',
  津: '120000',
  冀: '130000',
  晋: '140000',
  蒙: '150000',
  辽: '210000',
  吉: '220000',
  黑: '230000',
  沪: '310000',
  苏: '320000',
  浙: '330000',
  皖: '340000',
  闽: '350000',
  赣: '360000',
  鲁: '370000',
  豫: '410000',
  鄂: '420000',
  湘: '430000',
  粤: '440000',
  桂: '450000',
  琼: '460000',
  渝: '500000',
  川: '510000',
  黔: '520000',
  贵: '520000',
  云: '530000',
  滇: '530000',
  藏: '540000',
  陕: '610000',
  甘: '620000',
  青: '630000',
  宁: '640000',
  新: '650000',
};

/** The province whose one-character name begins an agency code. */
export function provinceOfAgencyCode(agencyCode: string): string | null {
  return provinceMarks[agencyCode.charAt(0)] ?? null;
}

/**
 * Chooses among divisions of the same name by witnesses: names before it (鼓楼区 after 南京市), other divisions named
 * in the document, provinces whose mark begins a document number. undefined: none, or no witness decides.
 */
export function chooseRegion(
  candidates: readonly RegionEntry[],
  before: readonly (readonly RegionEntry[])[],
  witnesses: ReadonlyMap<string, number>,
  index: RegionIndex,
): RegionEntry | undefined {
  if (candidates.length <= 1) return candidates[0];
  const above = new Set(before.flat().map((entry) => entry.code));
  const scored = candidates.map((entry) => {
    const line = ancestors(entry, index);
    const named = line.filter((parent) => above.has(parent.code)).length * 100;
    return { entry, score: named + line.reduce((sum, parent) => sum + (witnesses.get(parent.code) ?? 0), 0) };
  });
  scored.sort((a, b) => b.score - a.score);
  const [first, second] = scored;
  // 吉林市/吉林省 share an alias: without a witness the higher one is meant.
  if (first && second && first.score === second.score) {
    const rank = { provincial: 0, prefectural: 1, county: 2 };
    const ranked = [...candidates].sort((a, b) => rank[a.level] - rank[b.level]);
    return ranked[0] && ranked[1] && ranked[0].level !== ranked[1].level ? ranked[0] : undefined;
  }
  return first?.entry;
}

/**
 * A customary short name of a division with a long one: 前郭县 for 前郭尔罗斯蒙古族自治县. Its characters stand in the
 * full name in order, beginning with the first; a witness above it must be named, or it must be the only one.
 */
export function abbreviatedRegion(
  short: string,
  witnesses: ReadonlyMap<string, number>,
  index: RegionIndex,
): RegionEntry | undefined {
  const match = /^([\u4e00-\u9fa5]{2,3})([县旗州])$/u.exec(short);
  if (!match) return undefined;
  const [, stem, kind] = match as unknown as [string, string, string];
  const fits = [...index.byCode.values()].filter(({ name }) => {
    if (!name.endsWith(kind) || name.length < 6 || name.charAt(0) !== stem.charAt(0)) return false;
    let at = -1;
    return [...stem].every((character) => {
      at = name.indexOf(character, at + 1);
      return at >= 0;
    });
  });
  if (fits.length <= 1) return fits[0];
  return chooseRegion(fits, [], witnesses, index);
}
