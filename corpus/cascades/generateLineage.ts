import type { RegionEntry } from '../../models/text/regions.ts';
import fields from './fields.json' with { type: 'json' };
import { type Random, seededRandom } from './random.ts';

/**
 * A library of notices of which is known who passed on whose, in which campaign and year: several provinces, campaigns of
 * alike names beside each other, in other provinces and in other years, every manner of citing and of not citing, wrong
 * numbers, documents that are cited and not there, copies and corrections, and general documents that everybody cites.
 */
export interface LineageTruth {
  /** Id of the notice (or `missing`) right above; null: none is here or known. */
  readonly parent: string | null;
  /** For a missing parent: its number, or its title where only that is printed. */
  readonly missing: string | null;
  readonly campaign: string;
  readonly year: number;
  /** Last year's notice of the same body. */
  readonly renews: string | null;
  /** The notice of which it is a copy or a correction. */
  readonly version: string | null;
  /** How it refers to the one above, for the figures per manner. */
  readonly manner: string;
}

export interface LineageNotice {
  readonly id: string;
  /** With marks: see annotated.ts. */
  readonly source: string;
  readonly truth: LineageTruth;
}

export interface GeneratedLineage {
  readonly regions: readonly RegionEntry[];
  readonly notices: readonly LineageNotice[];
}

const heads = [...'青柳云望海石松禾临沅霁苇棠澜潞杙岫漪泽川'];
const tails = [...'原浦溪宁门岚塘汀岭湾桥沙坪洲泉峪'];

/** Invented provinces with their prefectures and counties; 9 is a digit that GB/T 2260 does not begin with. */
export function inventedRegions(
  random: Random,
  provinces: number,
  prefectures: number,
  counties: number,
): RegionEntry[] {
  const used = new Set<string>();
  const name = (ending: string) => {
    for (;;) {
      const made = `${random.pick(heads)}${random.pick(tails)}${used.size > 200 ? random.pick(tails) : ''}${ending}`;
      if (!used.has(made)) {
        used.add(made);
        return made;
      }
    }
  };
  const two = (value: number) => String(value).padStart(2, '0');
  const regions: RegionEntry[] = [];
  for (let p = 0; p < provinces; p++) {
    const province = `${90 + p}0000`;
    regions.push({ code: province, name: name('省'), level: 'provincial', parent: null });
    for (let c = 1; c <= prefectures; c++) {
      const city = `${90 + p}${two(c)}00`;
      regions.push({ code: city, name: name('市'), level: 'prefectural', parent: province });
      for (let k = 1; k <= counties; k++) {
        const code = `${90 + p}${two(c)}${two(20 + k)}`;
        regions.push({ code, name: name('县'), level: 'county', parent: city });
      }
    }
  }
  return regions;
}

/** What campaigns are about; each with one that sounds alike and is another. */
const objects: readonly (readonly [object: string, alike: string, bureau: string])[] = [
  ['危险化学品安全', '危险化学品运输安全', '应急管理'],
  ['校外培训机构规范', '校外托管机构规范', '教育'],
  ['学校食堂食品安全', '学校周边食品安全', '市场监督管理'],
  ['农药经营', '兽药经营', '农业农村'],
  ['医疗美容', '医疗废物', '卫生健康'],
  ['建筑工地扬尘污染', '建筑工地噪声污染', '生态环境'],
  ['工程建设领域欠薪', '工程建设领域招标投标', '人力资源和社会保障'],
  ['电动自行车消防安全', '电动自行车充电设施安全', '消防救援'],
  ['城镇燃气安全', '农村燃气安全', '住房和城乡建设'],
  ['定点医药机构医保基金', '长期护理保险基金', '医疗保障'],
  ['殡葬服务收费', '养老服务收费', '民政'],
  ['秋粮收购', '夏粮收购', '粮食和物资储备'],
];
const quotes = ['惠民', '春雷', '铁拳', '护航', '亮剑', '净网', '守护', '利剑', '蓝盾', '安澜'];
const manners = [
  'number-title',
  'number-title',
  'number-title',
  'number-title',
  'number',
  'number',
  'title-body',
  'title',
  'mistyped-title',
  'mistyped',
  'forward',
  'name',
  'name',
  'name',
] as const;
type Manner = (typeof manners)[number];

interface Plan {
  readonly key: string;
  readonly object: string;
  readonly alike: boolean;
  readonly quoted: string | null;
  readonly bureau: string;
  readonly year: number;
  readonly renews: boolean;
  readonly behaviours: readonly string[];
  readonly subjects: readonly string[];
  /** Division below which it is run; null: the whole nation. */
  readonly within: RegionEntry | null;
}

interface Issued {
  readonly id: string;
  readonly isHere: boolean;
  readonly body: string;
  readonly number: string;
  readonly title: string;
  readonly date: string;
  readonly region: RegionEntry | null;
  readonly parent: Issued | null;
}

const shift = (iso: string, days: number) =>
  new Date(Date.parse(`${iso}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const printDate = (iso: string) => {
  const [y, m, d] = iso.split('-').map(Number) as [number, number, number];
  return `${y}年${m}月${d}日`;
};

/** One digit of the serial another, or one too many. */
function mistype(random: Random, number: string): string {
  const [, before = '', serial = ''] = /^(.+〕)(\d+)号$/.exec(number) ?? [];
  const at = random.below(serial.length);
  const other = String((Number(serial[at]) + 1 + random.below(8)) % 10);
  const slip = random.chance(0.5) ? serial.slice(0, at) + other + serial.slice(at + 1) : `${serial}${other}`;
  return `${before}${slip.replace(/^0+(?=\d)/, '') === '0' ? '7' : slip.replace(/^0/, '6')}号`;
}

class Serials {
  readonly #used = new Map<string, number>();
  /** Numbers of one office and year go up and never come twice. */
  next(office: string, random: Random): number {
    const serial = (this.#used.get(office) ?? 3) + 3 + random.below(11);
    this.#used.set(office, serial);
    return serial;
  }
}

export interface LineageSize {
  readonly provinces: number;
  readonly prefectures: number;
  readonly counties: number;
  readonly campaigns: number;
  /** Whether every campaign is the nation's; by chance where not given. */
  readonly national?: boolean;
}

/** Everything from the seed alone. */
export function generateLineage(
  seed: number,
  size: LineageSize = { provinces: 3, prefectures: 3, counties: 4, campaigns: 10 },
): GeneratedLineage {
  const random = seededRandom(seed);
  const regions = inventedRegions(random, size.provinces, size.prefectures, size.counties);
  const { national } = size;
  const draft: Draft = { random, regions, national, serials: new Serials(), notices: [], count: { value: 0 } };
  for (let at = 0; at < size.campaigns; at++) {
    for (const plans of plansOf(draft, at)) {
      let last: ReadonlyMap<string, Issued> = new Map();
      for (const plan of plans) last = runCampaign(draft, plan, last);
    }
  }
  return { regions, notices: random.shuffle(draft.notices) };
}

interface Draft {
  readonly random: Random;
  readonly regions: readonly RegionEntry[];
  readonly national: boolean | undefined;
  readonly serials: Serials;
  readonly notices: LineageNotice[];
  readonly count: { value: number };
}

/** A campaign with its years; at times the same name in another province, at times one of an alike name beside it. */
function plansOf({ random, regions, national: asked }: Draft, at: number): Plan[][] {
  const [object, alike, bureau] = objects[at % objects.length]!;
  const field = random.pick(fields);
  const provinces = regions.filter((region) => region.level === 'provincial');
  const quoted = random.chance(0.5) ? `${random.pick(quotes)}` : null;
  const year = 2022 + random.below(3);
  const base = (key: string, within: RegionEntry | null): Plan => ({
    key: `${at}:${key}`,
    object,
    alike: false,
    quoted,
    bureau,
    year,
    renews: false,
    behaviours: random.shuffle(field.behaviours.map(([text]) => text!)).slice(0, 8),
    subjects: field.subjects,
    within,
  });
  const years = (plan: Plan): Plan[] =>
    random.chance(0.4) ? [plan, { ...plan, year: plan.year + 1, renews: random.chance(0.6) }] : [plan];
  const byChance = random.chance(0.4);
  const national = asked ?? byChance;
  const first = base(national ? 'nation' : 'first', national ? null : random.pick(provinces));
  const plans = [years(first)];
  if (!national && random.chance(0.6)) {
    const other = provinces.find((province) => province !== first.within);
    if (other !== undefined) plans.push(years(base('elsewhere', other)));
  }
  if (random.chance(0.5)) {
    plans.push([
      {
        ...base('alike', first.within),
        object: alike,
        alike: true,
        behaviours: random.shuffle(field.behaviours.map(([text]) => text!)).slice(0, 8),
      },
    ]);
  }
  return plans;
}

const bodyOf = (region: RegionEntry | null, bureau: string) => {
  if (region === null) return `国家${bureau}总局`;
  const kind = { provincial: '厅', prefectural: '局', county: '局' }[region.level];
  return `${region.name}${bureau}${kind}`;
};
const officeOf = (region: RegionEntry | null, bureau: string) =>
  region === null ? `国${bureau[0]}发` : `${region.name.slice(0, 2)}${bureau.slice(0, 1)}发`;

function nameOf(random: Random, plan: Plan, region: RegionEntry | null): string {
  const undertaking = plan.renews ? '巩固提升行动' : random.pick(['专项整治行动', '专项行动', '集中整治行动']);
  const quoted = plan.quoted === null ? '' : `“${plan.quoted}”`;
  const where = region !== null && random.chance(0.15) ? `全${region.name.slice(-1)}` : '';
  const year = random.chance(0.3) ? `${plan.year}年` : '';
  return `${year}${where}${plan.object}${quoted}${undertaking}`;
}

function runCampaign(draft: Draft, plan: Plan, last: ReadonlyMap<string, Issued>): ReadonlyMap<string, Issued> {
  const { random, regions } = draft;
  const issued = new Map<string, Issued>();
  const start = `${plan.year}-0${2 + random.below(4)}-${10 + random.below(15)}`;
  const visit = (region: RegionEntry | null, upper: Issued | null, date: string) => {
    const notice = issue(draft, plan, region, upper, date, last);
    issued.set(region?.code ?? '', notice);
    const below = regions.filter((one) => (region === null ? one.level === 'provincial' : one.parent === region.code));
    for (const one of below) {
      // Not everybody answers.
      if (random.chance(0.25)) continue;
      visit(one, notice, shift(date, 5 + random.below(40)));
    }
  };
  visit(plan.within, null, start);
  return issued;
}

const here = (notice: Issued | null): Issued | null =>
  notice === null ? null : notice.isHere ? notice : here(notice.parent);

function issue(
  draft: Draft,
  plan: Plan,
  region: RegionEntry | null,
  upper: Issued | null,
  date: string,
  last: ReadonlyMap<string, Issued>,
): Issued {
  const { random } = draft;
  const id = `m${draft.count.value++}`;
  const body = bodyOf(region, plan.bureau);
  const office = officeOf(region, plan.bureau);
  const number = `${office}〔${plan.year}〕${draft.serials.next(`${office}${plan.year}`, random)}号`;
  const name = nameOf(random, plan, region);
  const encloses = random.chance(0.3);
  const title = encloses
    ? `${body}关于印发《${region?.name ?? ''}${name}实施方案》的通知`
    : `${body}关于${random.pick(['开展', '组织开展', '深入开展'])}${name}的通知`;
  const isHere = upper === null ? random.chance(0.85) : random.chance(region?.level === 'county' ? 1 : 0.85);
  const notice: Issued = { id, isHere, body, number, title, date, region, parent: upper };
  if (!isHere) return notice;

  const manner: Manner | 'root' = upper === null ? 'root' : random.pick(manners);
  const slips = manner === 'mistyped' || manner === 'mistyped-title';
  const printed = upper === null ? '' : slips ? mistype(random, upper.number) : upper.number;
  const printsNumber = random.chance(0.92);
  const year = last.get(region?.code ?? '');
  const before =
    year !== undefined && random.chance(0.4) ? `在[[cite ${year.title}|${year.number}|basis]]的基础上，` : '';
  const sentences = [
    `${before}${reference(random, manner, upper, printed, plan)}`,
    random.chance(0.5) ? '依据《中华人民共和国行政处罚法》等法律法规，' : '',
    random.chance(0.3) ? '按照[[cite 关于严格规范涉企行政检查的意见|国办发〔2024〕54号|mentioned]]，' : '',
    random.chance(0.15) ? '根据[[cite 关于印发全国安全能力提升三年规划的通知|国安委〔2023〕2号|basis]]，' : '',
    `决定开展${name}。`,
  ];
  const own = random.shuffle(plan.behaviours).slice(0, 5 + random.below(3));
  const text = [
    sentences.join(''),
    '一、重点任务',
    ...own.map((one, at) => `${at + 1}.[[重点检查@${random.pick(plan.subjects)}:${one}]]。`),
    `二、工作要求`,
    `${body.slice(0, 6)}要加强组织领导，于${printDate(shift(date, 150))}前报送总结。`,
  ];
  const source = (parts: { number: string | null; title: string; text: string; date: string }) =>
    [
      `机关：${body}`,
      ...(parts.number === null ? [] : [`文号：${parts.number}`]),
      `层级：${region?.level ?? 'national'}`,
      ...(region === null ? [] : [`区划：${region.code} ${region.name}`]),
      `标题：${parts.title}`,
      '主送：各有关单位',
      `日期：${printDate(parts.date)}`,
      `行动：${name}`,
      '',
      parts.text,
    ].join('\n');
  const { parent, missing } = parentTruth(manner, upper, printed);
  const truth: LineageTruth = {
    parent,
    missing,
    campaign: plan.key,
    year: plan.year,
    renews: year?.isHere ? year.id : null,
    version: null,
    manner,
  };
  const whole = text.join('\n');
  draft.notices.push({ id, source: source({ number: printsNumber ? number : null, title, text: whole, date }), truth });
  const version = (made: { number: string | null; title: string; text: string; date: string }, kind: string) => {
    const other = `m${draft.count.value++}`;
    draft.notices.push({
      id: other,
      source: source(made),
      truth: { ...truth, parent: null, missing: null, renews: null, version: id, manner: kind },
    });
  };
  if (random.chance(0.05)) version({ number: random.chance(0.5) ? number : null, title, text: whole, date }, 'copy');
  if (random.chance(0.04)) {
    const correction = `${office}〔${plan.year}〕${draft.serials.next(`${office}${plan.year}`, random)}号`;
    const corrected = `${body}关于更正《${title}》的通知`;
    const words = `现将[[cite ${title}|${number}|mentioned]]中报送总结的时间更正为${printDate(shift(date, 160))}前。`;
    version({ number: correction, title: corrected, text: words, date: shift(date, 9) }, 'correction');
  }
  return notice;
}

function reference(random: Random, manner: Manner | 'root', upper: Issued | null, printed: string, plan: Plan): string {
  if (upper === null) return `为加强${plan.object}监管，`;
  // Some print the title without the body before it, and the body apart.
  const title = random.chance(0.7) ? upper.title : upper.title.slice(upper.title.indexOf('关于'));
  const bare = upper.title.slice(upper.title.indexOf('关于'));
  switch (manner) {
    case 'number-title':
      return `根据[[cite ${title}|${upper.number}|basis]]要求，`;
    case 'number':
      return `按照[[cite |${upper.number}|basis]]要求，`;
    case 'title-body':
      return `根据[[cite ${upper.title}||basis]]，`;
    case 'title':
      return `根据[[cite ${bare}||basis]]，`;
    case 'mistyped-title':
      return `根据[[cite ${title}|${printed}|basis]]，`;
    case 'mistyped':
      return `按照[[cite |${printed}|basis]]，`;
    case 'forward':
      return `现将[[cite ${upper.title}|${upper.number}|forwarded]]转发给你们，`;
    default:
      return '按照上级部署，';
  }
}

/** What a careful reader can conclude from what is printed. */
function parentTruth(
  manner: Manner | 'root',
  upper: Issued | null,
  printed: string,
): Pick<LineageTruth, 'parent' | 'missing'> {
  if (upper === null) return { parent: null, missing: null };
  if (upper.isHere) return { parent: upper.id, missing: null };
  if (manner === 'name') return { parent: here(upper)?.id ?? null, missing: null };
  const byTitle = manner === 'title' || manner === 'title-body';
  return { parent: 'missing', missing: byTitle ? upper.title.slice(upper.title.indexOf('关于')) : printed };
}
