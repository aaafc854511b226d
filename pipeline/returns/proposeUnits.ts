import type { Notice, ReportingUnit } from '../../models/index.ts';
import { isAgencyName } from '../../models/text/agencies.ts';
import { leadingRegions, type RegionEntry, type RegionIndex } from '../../models/text/regions.ts';

export interface UnitProposal {
  readonly units: readonly ReportingUnit[];
  /** Recipients that name nobody in particular (各乡镇人民政府), in the words of the notice. */
  readonly unresolved: readonly string[];
}

type Below = 'provincial' | 'prefectural' | 'county';

/** 各县（市、区） · 各市、县（区） · 各省、自治区、直辖市: which levels a collective name means. The 市 of 市场 is none. */
const collectives: readonly (readonly [pattern: RegExp, levels: readonly Below[]])[] = [
  [/^各省(?:[、（(]自?治?区[、,，]?直?辖?市?[）)]?)?(?:及新疆生产建设兵团)?/u, ['provincial']],
  [/^各(?:设区|省辖|地级)?市[、,，]县(?:[（(][市、,，区旗]+[）)])?/u, ['prefectural', 'county']],
  [/^各区[（(]市[）)]县/u, ['county']],
  [/^各[县区旗](?:[（(][县市、,，区旗]+[）)]|(?:、?(?:[区县旗]|市(?!场)))+)?/u, ['county']],
  [/^各(?:设区的?|省辖|地级|地)?市(?!场)(?:[（(][州盟地区、,，]+[）)]|[州盟])?/u, ['prefectural']],
];

/** Names a body without its place: 教育局, 市场监督管理局; not 市燃气中心, 有关单位, 管理部门, 开发区分局. */
const bodyAlone = /^(?![省市县区](?!场))[\u4e00-\u9fa5]{0,18}(?:局|委员会|人民政府|办公室|厅|委|院|中心|支队|大队)$/u;
const nobody = /各|有关|相关|成员|所属|直属|直各|辖区|驻/u;
const zone = /开发区|示范区|园区|新区/u;

/**
 * Who owes returns, worked out from the 主送机关: named bodies as they are, collective ones (各县（市、区）教育局) as one body for
 * each division below the issuing body's region. A proposal: what names nobody is given back for a person to complete.
 */
export function proposeUnits(
  notice: Pick<Notice, 'mainRecipients' | 'region' | 'issuingBody' | 'administrativeLevel'>,
  index: RegionIndex,
): UnitProposal {
  const units = new Map<string, ReportingUnit>();
  const unresolved: string[] = [];
  const top = notice.issuingBody?.value ?? null;
  const add = (name: string, parent: string | null, code: string | null, reports = true) => {
    if (name === top || (units.has(name) && !reports)) return;
    units.set(name, { name, parent, code, aliases: [], reports });
  };
  const isBody = (text: string) =>
    text.length >= 3 &&
    bodyAlone.test(text) &&
    !nobody.test(text) &&
    !zone.test(text) &&
    leadingRegions(text, index).chain.length === 0;
  /** The collective head of the recipient before, which 各市教育局、卫生健康委员会 elides; empty: one that tells no divisions. */
  let head: readonly Below[] | null = null;
  for (const { value } of notice.mainRecipients) {
    const text = value.replace(/\s+|[（(][^（()）]*(?:局|委|厅)[）)]$/g, '');
    const collective = collectives.find(([pattern]) => pattern.test(text));
    const body = collective === undefined ? text : text.replace(collective[0], '');
    if (collective !== undefined) head = collective[1];
    else if (text.startsWith('各')) head = [];
    if (collective !== undefined || (head !== null && isBody(text))) {
      const divisions = divisionsBelow(notice, head ?? [], index);
      if (isBody(body) && divisions.length > 0) expand(divisions, body, top, index, add);
      else unresolved.push(value);
      continue;
    }
    if (!text.startsWith('各')) head = null;
    if (isAgencyName(text) && !nobody.test(text) && !/(?:单位|部门|企业|机构)$|^街道办事处$/u.test(text))
      add(text, top, null);
    else unresolved.push(value);
  }
  if (units.size > 0 && top !== null) {
    units.set(top, { name: top, parent: null, code: notice.region?.code ?? null, aliases: [], reports: false });
  }
  return { units: [...units.values()], unresolved };
}

/** Divisions below the region of the issuing body, upper levels first. */
function divisionsBelow(
  { region, administrativeLevel }: Pick<Notice, 'region' | 'administrativeLevel'>,
  levels: readonly Below[],
  index: RegionIndex,
): readonly RegionEntry[] {
  const all = [...index.byCode.values()].filter((entry) => levels.includes(entry.level));
  const own = region?.code ?? null;
  if (own === null) return administrativeLevel === 'national' ? all : [];
  const prefix = own.endsWith('0000') ? own.slice(0, 2) : own.slice(0, 4);
  return all
    .filter((entry) => entry.code.startsWith(prefix) && entry.code !== own)
    .sort((a, b) => a.code.localeCompare(b.code));
}

/** One body for each division; counties stand below the body of their prefecture where that one is asked as well. */
function expand(
  divisions: readonly RegionEntry[],
  body: string,
  top: string | null,
  index: RegionIndex,
  add: (name: string, parent: string | null, code: string | null) => void,
): void {
  const asked = new Set(divisions.map((entry) => entry.code));
  const names = new Set<string>();
  const twice = new Set(divisions.filter(({ name }) => names.size === names.add(name).size).map(({ name }) => name));
  for (const entry of divisions) {
    const above = entry.parent === null ? undefined : index.byCode.get(entry.parent);
    // 石家庄市桥西区 and 张家口市桥西区.
    const place = twice.has(entry.name) && above !== undefined ? `${above.name}${entry.name}` : entry.name;
    add(`${place}${body}`, above !== undefined && asked.has(above.code) ? `${above.name}${body}` : top, entry.code);
  }
}
