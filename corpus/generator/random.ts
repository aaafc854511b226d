import type { GoldNotice } from '../gold.ts';
import { type Field, fields, fillers, names } from './randomFields.ts';
import { ledger, statisticsTable } from './randomTable.ts';
import { type SeededRandom, seededRandom } from './seededRandom.ts';
import type { NoticeSpec, SpecBlock, SpecPart } from './spec.ts';

/** Places of corpus/regions.json: what their documents are numbered with, their level and code. */
const places = [
  { name: '禾溪县', short: '禾', code: '910121', level: 'county' },
  { name: '松漪县', short: '松', code: '910223', level: 'county' },
  { name: '苇塘县', short: '苇', code: '920125', level: 'county' },
  { name: '潞泽县', short: '潞', code: '920323', level: 'county' },
  { name: '霁川市', short: '霁', code: '920100', level: 'prefectural' },
  { name: '澜州市', short: '澜', code: '920300', level: 'prefectural' },
] as const;

const chinese = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/**
 * A notice made at random, and what a careful reader finds in it. The same seed makes the same notice: one of six fields, 1 to 4
 * issuers, 2 to 5 chapters with up to three sections, focus items, deadlines of every kind, contacts, a campaign, cited
 * documents, 0 to 5 attachments with tables of several shapes or text, with or without imprint, seal, signer.
 */
export function randomSpec(seed: number): { spec: NoticeSpec; gold: GoldNotice } {
  const random = seededRandom(seed);
  const field = random.pick(fields);
  const place = random.pick(places);
  const year = random.integer(2023, 2025);
  const issuers = field.bodies.slice(0, random.chance(0.7) ? 1 : random.integer(2, field.bodies.length));
  const bodies = issuers.map((body) => `${place.name}${body}`);
  const lead = bodies[0]!;
  const many = bodies.length > 2 ? `${lead}等${chinese[bodies.length - 1]}部门` : bodies.join(' ');
  const action = `${field.topic}${field.campaign}`;
  const month = random.integer(2, 6);
  const day = random.integer(1, 28);
  const date = { printed: `${year}年${month}月${day}日`, iso: iso(year, month, day) };
  const number = `${place.short}${field.code}发〔${year}〕${random.integer(1, 120)}号`;
  const cited = `${random.pick(['云', '海'])}${field.code}发〔${year}〕${random.integer(1, 60)}号`;
  const recipients = random.sample(
    ['各乡镇人民政府', '各街道办事处', '县直有关单位', `各${field.subjects[0]}`, '开发区管理委员会'].map((r) =>
      place.level === 'county' ? r : r.replace('县直', '市直').replace('各乡镇', '各县（区）'),
    ),
    random.integer(1, 4),
  );
  const attachments = Array.from({ length: random.integer(0, 5) }, (_, i) => attachment(random, field, action, i));
  const body = writeBody(random, { field, lead, year, month, action, attachments: attachments.length });
  const urgency = random.chance(0.15) ? random.pick(['特急', '加急']) : null;
  const signer = random.chance(0.15) ? random.pick(names) : null;
  const copyTo = random.sample(
    [`${place.name}人民政府办公室`, `${place.name}人民法院`, '驻局纪检监察组'],
    random.integer(1, 3),
  );
  const imprint = random.chance(0.6);
  const printing = `${lead}办公室`;
  const isPublic = random.chance(0.4);
  const spec: NoticeSpec = {
    id: `random-${seed}`,
    copyNumber: null,
    securityLevel: null,
    urgency,
    letterhead: { bodies, withSuffix: random.chance(0.8) },
    documentNumber: number,
    signer,
    title: [many, `关于开展${action}的通知`],
    recipients: `${recipients.join('，')}：`,
    body: [
      {
        type: 'paragraph',
        text: `为切实加强${field.topic}工作，根据《${field.law}》和上级《关于开展${action}的通知》（${cited}）要求，决定在全${place.name.slice(-1)}开展${action}。现将有关事项通知如下：`,
      },
      ...body.blocks,
    ],
    attachmentNote: attachments.map((part) => part.title),
    signatories: bodies,
    sealed: random.chance(0.8),
    date: date.printed,
    notes: isPublic ? ['（此件公开发布）'] : [],
    enclosures: [],
    attachments: attachments.map((part, i) => ({
      ...part.spec,
      label: attachments.length === 1 ? '附件' : `附件${i + 1}`,
    })),
    imprint: imprint ? { copyTo: `${copyTo.join('，')}。`, printedBy: printing, printedOn: date.printed } : null,
    forwarded: null,
  };
  const gold: GoldNotice = {
    documentType: '通知',
    documentNumber: number,
    issuingBody: lead,
    jointIssuers: bodies.slice(1),
    administrativeLevel: place.level,
    region: place.code,
    title: spec.title.join(''),
    urgency,
    signer,
    mainRecipients: recipients,
    issueDate: date.iso,
    ...(isPublic ? { disclosure: '公开发布' } : {}),
    ...(imprint ? { copyRecipients: copyTo, printingInfo: { body: printing, date: date.iso } } : {}),
    citedNumbers: [cited],
    citedLaws: [field.law],
    attachments: attachments.map((part) => part.title),
    tables: attachments.flatMap((part) => part.gold),
    ...body.gold,
  };
  return { spec, gold };
}

/** A day as gold has it. */
export function iso(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

interface BodySubject {
  readonly field: Field;
  readonly lead: string;
  readonly year: number;
  /** Of issue. */
  readonly month: number;
  readonly action: string;
  readonly attachments: number;
}

type BodyGold = Required<Pick<GoldNotice, 'sections' | 'focusItems' | 'deadlines' | 'contacts'>>;

function writeBody(random: SeededRandom, about: BodySubject): { blocks: SpecBlock[]; gold: BodyGold } {
  const { field, year, month } = about;
  const blocks: SpecBlock[] = [];
  const sections: string[] = [];
  const focusItems: { text: string; subject?: string; action: string }[] = [];
  const chapter = (text: string): string => {
    const number = `${chinese[sections.filter((s) => !s.includes('/')).length]}、`;
    blocks.push({ type: 'heading', level: 1, number, text, runIn: null });
    sections.push(number + text);
    return number.slice(0, -1);
  };
  const paragraph = (text: string): void => {
    blocks.push({ type: 'paragraph', text });
  };
  const filler = (): string => `${random.sample(fillers, random.integer(1, 3)).join('；')}。`;

  if (random.chance(0.7)) {
    chapter('工作目标');
    paragraph(`通过${field.campaign}，消除一批${field.topic}隐患，查处一批违法案件，规范行业秩序。${filler()}`);
  }
  const path = chapter('检查重点');
  random.sample(field.subjects, random.integer(1, 3)).forEach((subject, i) => {
    const acts = random.sample(field.acts, random.integer(2, 3));
    const action = random.pick(['重点检查', '重点排查']);
    const number = `（${chinese[i]}）`;
    blocks.push({
      type: 'heading',
      level: 2,
      number,
      text: `${subject}。`,
      runIn: `${action}${acts.join('、')}等行为。`,
    });
    sections.push(`${path}/${number}${subject}`);
    for (const text of acts) focusItems.push({ text, subject, action });
  });
  for (const head of random.sample(['工作措施', '职责分工', '保障措施'], random.integer(0, 2))) {
    const over = chapter(head);
    const parts = random.sample(['强化排查整治', '严格执法检查', '注重宣传引导', '完善长效机制'], random.integer(0, 3));
    if (parts.length === 0) paragraph(filler());
    parts.forEach((text, i) => {
      const number = `（${chinese[i]}）`;
      blocks.push({ type: 'heading', level: 2, number, text: `${text}。`, runIn: filler() });
      sections.push(`${over}/${number}${text}`);
    });
  }
  chapter('信息报送');
  const table = about.attachments > 0 ? `和统计表（附件${about.attachments > 1 ? '1' : ''}）` : '';
  const monthly = random.integer(3, 28);
  const final = { month: random.integer(month + 1, 12), day: random.integer(1, 28) };
  paragraph(
    `请各单位于每月${monthly}日前报送当月工作进展情况${table}，${year}年${final.month}月${final.day}日前报送工作总结。${filler()}`,
  );
  const name = random.pick(names);
  const phone = random.chance(0.5)
    ? `0490-${random.integer(2_000_000, 8_999_999)}`
    : `1540000${random.integer(1000, 9999)}`;
  const email = `lianxi${random.integer(10, 99)}@example.gov.cn`;
  const lines = [`联系人：${name}`, `联系电话：${phone}`, ...(random.chance(0.5) ? [`电子邮箱：${email}`] : [])];
  blocks.push({ type: 'lines', lines });
  return {
    blocks,
    gold: {
      sections,
      focusItems,
      deadlines: [
        { due: `monthly/${monthly}`, task: '报送当月工作进展情况' },
        { due: iso(year, final.month, final.day), task: '报送工作总结' },
      ],
      contacts: [{ name, phones: [phone], emails: lines.length > 2 ? [email] : [] }],
    },
  };
}

interface RandomAttachment {
  readonly title: string;
  readonly spec: Omit<SpecPart, 'label'>;
  readonly gold: readonly NonNullable<GoldNotice['tables']>[number][];
}

function attachment(random: SeededRandom, field: Field, action: string, index: number): RandomAttachment {
  if (index > 0 && random.chance(0.25)) {
    const title = `${action}${['', '任务分工', '检查要点', '自查提纲', '承诺书'][index]}`;
    const blocks = random
      .sample(fillers, random.integer(2, 5))
      .map((text): SpecBlock => ({ type: 'paragraph', text: `${text}。` }));
    return { title, spec: { title: [title], blocks }, gold: [] };
  }
  const titles = [`${field.topic}情况统计表`, '问题整改清单', '隐患排查台账', '重点单位名单', '案件查办月度统计表'];
  const title = titles[index]!;
  // Gold lists what is to be counted; ledgers are lists to fill in.
  if (!title.endsWith('统计表')) return { title, spec: { title: [title], blocks: [ledger(random)] }, gold: [] };
  const table = statisticsTable(random, field);
  return { title, spec: { title: [title], blocks: [table.spec] }, gold: [{ ...table.gold, title }] };
}
