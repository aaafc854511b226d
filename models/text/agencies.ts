import type { AdministrativeLevel, Region } from '../notice.ts';
import {
  abbreviatedRegion,
  chooseRegion,
  leadingRegions,
  provinceOfAgencyCode,
  type RegionEntry,
  type RegionIndex,
  regionWitnesses,
} from './regions.ts';

/** What an agency's name ends in: the grammar of names of bodies, not a list of them. */
export const agencyEnding =
  '(?:人民政府|政府|办公厅|办公室|委员会|党组|党委|工委|管委会|居委会|村委会|局|厅|部|委|署|院|办|处|科|股|室|队|站|所|中心|集团|公司|小学|中学|幼儿园|卫生院|小组|联席会议|联社|商会|景区|农场|林场|大学|学院|学校|医院|银行|分行|支行|海关|协会|科协|作协|残联|妇联|文联|侨联|工商联|联合会|学会|法院|检察院|总工会|工会|联盟|社|馆|会|司|组|专班|指挥部|分局|支队|总队|大队|中队|街道|镇|乡|各单位|部门|单位|企业|机构)';

const agencyName = new RegExp(`^[\\u4e00-\\u9fa5（）()、·“”A-Za-z]{1,40}${agencyEnding}$`, 'u');
const notAName = /[，。；：！？,;:!?《》]|关于|现将|通知|印发|开展|如下/u;

/** Whether a text is the name of one body: 岳麓区市场监督管理局, 国务院办公厅. */
export function isAgencyName(text: string): boolean {
  // Twice the longest name: letter-spaced ones are shorter still. This is asked of every paragraph.
  if (text.length > 100) return false;
  // 党委保卫部（保卫处）: the other name of the same office.
  const compact = text.replace(/\s/g, '').replace(/(?<=.{3})[（(][\u4e00-\u9fa5]{1,10}[处部办室局中心][）)]$/u, '');
  return compact.length >= 3 && compact.length <= 42 && agencyName.test(compact) && !notAName.test(compact);
}

const national =
  /^(?:中华人民共和国|国务院|国家|中共中央|中央|全国|最高人民|中国(?!.*(?:省|市|县)(?:公司|分公司))|(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|安全|民政|司法|财政|人力资源(?:和)?社会保障|自然资源|生态环境|环境保护|住房(?:和)?城乡建设|交通运输|水利|农业农村|农业|商务|文化和旅游|文化|退役军人事务|应急管理|卫生|铁道|国土资源|监察|人事|劳动和社会保障|建设)部(?!门)|审计署|海关总署|税务总局|市场监管总局|中国人民银行|工业和信息化部)/u;
/** An office of a national body in a place, after the name of that body. */
const localOffice =
  /^(?:国家[\u4e00-\u9fa5]{2,12}?(?:总局|局)|中国人民银行|[\u4e00-\u9fa5]{2,8}总署)([\u4e00-\u9fa5]{2,8}?(?:省|市|县|区|自治[区州县]|州|盟|旗|监管|监督|税务|调查|分行|中心支行|海关|局)[\u4e00-\u9fa5]*)$/u;
const township = /(?:镇|乡|街道)(?:人民政府|政府|办事处|党委|党工委|综合|市场监管|应急|中心|司法所|财政所)/u;

/** What the name of a body says of its level and region; null where it says nothing. */
export interface AgencyPlace {
  readonly level: AdministrativeLevel | null;
  readonly region: RegionEntry | null;
}

/**
 * Resolves a body to level and region: the divisions at the head of its name, else customary short names, else 省/市/县/区
 * with the divisions that the document names. `context` is the whole document's text.
 */
export function placeAgency(name: string, context: AgencyContext): AgencyPlace {
  const compact = name.replace(/\s/g, '').replace(/^(?:中共|中国共产党|共青团)/u, '');
  const { index, witnesses } = context;
  if (national.test(compact)) {
    // 国家税务总局某某市税务局: what the centre has in a place is of that place's level.
    const printed = localOffice.exec(compact)?.[1];
    // 武威监管分局 is that of 武威市.
    const stem = /^([\u4e00-\u9fa5]{2,4}?)(?=监管|监督|税务)/u.exec(printed ?? '')?.[1];
    const local = stem && index.byName.has(`${stem}市`) ? `${stem}市${printed?.slice(stem.length)}` : printed;
    return local && leadingRegions(local, index).chain.length > 0
      ? placeAgency(local, context)
      : { level: 'national', region: null };
  }
  const { chain, end } = leadingRegions(compact, index);
  const deepest = chain.at(-1);
  if (deepest) {
    const region = chooseRegion(deepest, chain.slice(0, -1), witnesses, index) ?? deepest[0] ?? null;
    const rest = compact.slice(end);
    const abbreviated = /^[\u4e00-\u9fa5]{2,3}[县旗州]/u.exec(rest);
    const within = abbreviated && abbreviatedRegion(abbreviated[0], witnesses, index);
    const place = within ?? region;
    return { level: levelBelow(rest, place?.level ?? null), region: place };
  }
  const head = /^([\u4e00-\u9fa5]{2,3}?[县旗州])/u.exec(compact);
  const short = head && abbreviatedRegion(head[1] as string, witnesses, index);
  if (short) return { level: levelBelow(compact.slice((head[1] as string).length), short.level), region: short };
  return { level: levelByGrammar(compact), region: null };
}

/** A township or a zone within the division named before it is a level lower. */
function levelBelow(rest: string, level: RegionEntry['level'] | null): AdministrativeLevel | null {
  if (township.test(rest) && /^[\u4e00-\u9fa5]{1,8}(?:镇|乡|街道)/u.test(rest)) return 'township';
  if (level === 'provincial' && /^[\u4e00-\u9fa5]{2,6}市/u.test(rest)) return 'prefectural';
  if (level !== 'county' && /^[\u4e00-\u9fa5]{2,8}(?:县|区|旗)(?!域)/u.test(rest) && !/^(?:自治区|辖区)/u.test(rest)) {
    // 开发区, 高新区, 新区: run by the prefecture, on the county's level.
    return 'county';
  }
  return level;
}

/** The level that a name shows without naming a known division: 省药监局, 某某县…, X市…. */
function levelByGrammar(name: string): AdministrativeLevel | null {
  if (township.test(name)) return 'township';
  if (/^(?:[\u4e00-\u9fa5]{1,6}省|省|自治区)/u.test(name)) return 'provincial';
  if (/^(?:[\u4e00-\u9fa5]{1,10}?(?:县|旗)|县|区|[\u4e00-\u9fa5]{1,6}区)(?:委|人民|[\u4e00-\u9fa5])/u.test(name))
    return 'county';
  if (/^(?:[\u4e00-\u9fa5]{1,8}?(?:市|州|盟)|市)/u.test(name)) return 'prefectural';
  return null;
}

/** What the document as a whole says of places; computed once. */
export interface AgencyContext {
  readonly index: RegionIndex;
  readonly witnesses: ReadonlyMap<string, number>;
}

/** Gathers the places that a document names, with the provinces whose marks begin its document numbers. */
export function agencyContext(text: string, agencyCodes: readonly string[], index: RegionIndex): AgencyContext {
  const witnesses = new Map(regionWitnesses(text, index));
  for (const code of agencyCodes) {
    const province = provinceOfAgencyCode(code);
    if (province) witnesses.set(province, (witnesses.get(province) ?? 0) + 2);
  }
  return { index, witnesses };
}

/** The public form of a division. */
export const toRegion = (entry: RegionEntry): Region => ({ code: entry.code, name: entry.name });
