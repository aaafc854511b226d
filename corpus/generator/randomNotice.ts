import type { GoldNotice, GoldTable } from '../gold.ts';
import { iso } from './random.ts';
import { type SeededRandom, seededRandom } from './seededRandom.ts';
import type { NoticeSpec, SpecBlock, SpecPart, SpecTable } from './spec.ts';

/** A notice made at random, and what a reader finds in it: the parts that are known from how it was made. */
export interface RandomNotice {
  readonly spec: NoticeSpec;
  readonly gold: GoldNotice;
}

/** Fields of work, each with its words; none is a field of the hand-made corpus. */
const fields = [
  {
    body: '文化和旅游局',
    code: '文旅',
    topic: '景区安全',
    subject: '旅游景区',
    objects: ['游乐设施', '观光缆车', '滑道栈道', '停车场'],
    acts: ['无证经营', '超员接待', '设施未经检验投入使用', '拒不整改隐患'],
  },
  {
    body: '水务局',
    code: '水',
    topic: '供水水质',
    subject: '供水单位',
    objects: ['取水口', '加药间', '二次供水水箱', '化验室'],
    acts: ['水质检测弄虚作假', '擅自停水', '使用无证管材', '消毒记录缺失'],
  },
  {
    body: '交通运输局',
    code: '交运',
    topic: '道路客运',
    subject: '客运企业',
    objects: ['班线客车', '站场', '动态监控平台', '维修车间'],
    acts: ['站外揽客', '疲劳驾驶', '车辆带病上路', '动态监控离线'],
  },
  {
    body: '体育局',
    code: '体',
    topic: '泳池卫生',
    subject: '游泳场所',
    objects: ['救生岗', '循环设备', '更衣室', '药剂库'],
    acts: ['救生员无证上岗', '余氯不达标', '超容量开放', '未公示水质'],
  },
] as const;

const counties = ['苇塘县', '禾溪县', '青杙区'] as const;
const chinese = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** The same seed makes the same notice: 2 to 5 sections, dates, contacts, 0 to 3 attachments with tables. */
export function randomNotice(seed: number): RandomNotice {
  const random = seededRandom(seed);
  const field = random.pick(fields);
  const place = random.pick(counties);
  const year = random.integer(2023, 2025);
  const body = `${place}${field.body}`;
  const action = `${field.topic}专项检查`;
  const month = random.integer(1, 6);
  const date = `${year}年${month}月${random.integer(1, 28)}日`;
  const number = `${place[0]}${field.code}发〔${year}〕${random.integer(1, 99)}号`;
  const recipients = random.sample(
    ['各乡镇人民政府', '县直各有关单位', `各${field.subject}`, '局属各单位', '机关各股室'],
    random.integer(1, 3),
  );
  const title = random.chance(0.5) ? [`${body}关于开展`, `${action}的通知`] : [`${body}关于开展${action}的通知`];
  const attachments = Array.from({ length: random.integer(0, 3) }, (_, i) =>
    attachment(random, { number: i, action, subject: field.subject, objects: field.objects, acts: field.acts }),
  );
  const dueMonth = month + random.integer(1, 5);
  const dueDay = random.integer(1, 28);
  const name = random.pick(['游沛然', '裴知远', '邵晚晴', '柏青禾']);
  const phone = `0490-${random.integer(2_000_000, 8_999_999)}`;
  const single = attachments.length === 1;
  const sections: SpecBlock[] = [];
  const goldSections: string[] = [];
  const heads = random.sample(['工作目标', '检查重点', '工作安排', '工作要求', '保障措施'], random.integer(2, 5));
  for (const [i, head] of heads.entries()) {
    sections.push({ type: 'heading', level: 1, number: `${chinese[i]}、`, text: head, runIn: null });
    goldSections.push(`${chinese[i]}、${head}`);
    const inner = random.integer(0, 3);
    for (let k = 0; k < inner; k++) {
      const text = `${random.pick(['加强', '深化', '规范'])}${field.objects[k] ?? field.topic}管理。`;
      sections.push({
        type: 'heading',
        level: 2,
        number: `（${chinese[k]}）`,
        text,
        runIn: sentence(random, field.subject, field.objects),
      });
      goldSections.push(`${chinese[i]}/（${chinese[k]}）${text}`);
    }
    if (inner === 0) sections.push({ type: 'paragraph', text: sentence(random, field.subject, field.objects) });
  }
  const spec: NoticeSpec = {
    id: `random-${seed}`,
    copyNumber: null,
    securityLevel: null,
    urgency: random.chance(0.15) ? '特急' : null,
    letterhead: { bodies: [body], withSuffix: random.chance(0.8) },
    documentNumber: number,
    signer: null,
    title,
    recipients: `${recipients.join('、')}：`,
    body: [
      {
        type: 'paragraph',
        text: `为切实做好${field.topic}工作，决定在全${place.slice(-1)}开展${action}。现就有关事项通知如下：`,
      },
      ...sections,
      {
        type: 'paragraph',
        text: `请各单位于${year}年${dueMonth}月${dueDay}日前将检查工作总结${attachments.length > 0 ? `和附件${single ? '' : '1'}` : ''}报送至我局。`,
      },
      { type: 'lines', lines: [`联系人：${name}`, `联系电话：${phone}`] },
    ],
    attachmentNote: attachments.map((part) => part.title),
    signatories: [body],
    sealed: random.chance(0.8),
    date,
    notes: random.chance(0.4) ? ['（此件公开发布）'] : [],
    enclosures: [],
    attachments: attachments.map((part, i) => ({ ...part.spec, label: single ? '附件' : `附件${i + 1}` })),
    imprint: random.chance(0.5)
      ? { copyTo: `${place}人民政府办公室。`, printedBy: `${body}办公室`, printedOn: date }
      : null,
    forwarded: null,
  };
  const [, dateMonth = '1', dateDay = '1'] = /年(\d+)月(\d+)日/.exec(date) ?? [];
  return {
    spec,
    gold: {
      documentType: '通知',
      documentNumber: number,
      issuingBody: body,
      title: title.join(''),
      issueDate: iso(year, Number(dateMonth), Number(dateDay)),
      mainRecipients: recipients,
      urgency: spec.urgency,
      signatory: body,
      ...(spec.notes.length > 0 ? { disclosure: '公开发布' } : {}),
      deadlines: [{ due: iso(year, dueMonth, dueDay), task: '检查工作总结' }],
      contacts: [{ name, phones: [phone], emails: [] }],
      attachments: attachments.map((part) => part.title),
      sections: goldSections,
      tables: attachments.flatMap((part) => part.gold),
    },
  };
}

/** Long enough that paragraphs run over lines and pages. */
function sentence(random: SeededRandom, subject: string, objects: readonly string[]): string {
  const parts = [
    `各单位要对辖区内${subject}逐一排查，建立台账，做到底数清、情况明`,
    `对${random.sample(objects, 2).join('、')}等关键部位要重点检查，发现问题立即督促整改`,
    '要压实属地管理责任和企业主体责任，确保各项措施落到实处',
    '要坚持问题导向，统筹推进自查自纠、集中检查和督导抽查',
    '对整改不到位的，依法依规严肃处理并公开曝光',
  ];
  return `${random.sample(parts, random.integer(1, parts.length)).join('；')}。`;
}

interface TableSubject {
  readonly number: number;
  readonly action: string;
  readonly subject: string;
  readonly objects: readonly string[];
  readonly acts: readonly string[];
}

interface MadeAttachment {
  readonly title: string;
  readonly spec: Omit<SpecPart, 'label'>;
  readonly gold: GoldTable[];
}

/** A statistics table with a header of one or two rows and labels of one or two columns, blanks and strokes at random. */
function attachment(random: SeededRandom, about: TableSubject): MadeAttachment {
  const title = `${about.action}${['情况统计表', '问题整改汇总表', '月度进展统计表'][about.number]}`;
  const table = statisticsTable(random, about);
  return {
    title,
    spec: { title: [title], blocks: [table.spec] },
    gold: [{ ...table.gold, title }],
  };
}

type Cell = SpecTable['cells'][number];

function statisticsTable(
  random: SeededRandom,
  about: TableSubject,
): { spec: SpecTable; gold: Omit<GoldTable, 'title'> } {
  const cells: Cell[] = [];
  const add = (row: number, column: number, text: string, rowSpan = 1, columnSpan = 1): void => {
    cells.push({ row, column, rowSpan, columnSpan, text });
  };
  const grouped = random.chance(0.5);
  const heads = random
    .sample(about.objects, random.integer(2, 4))
    .map((text) => ({ text, nested: random.chance(0.5) }));
  const nested = heads.some((head) => head.nested);
  const headerRows = nested ? 2 : 1;
  const stubColumns = grouped ? 2 : 1;
  const columns: string[][] = [];
  add(0, 0, '类别', headerRows, stubColumns);
  let column = stubColumns;
  for (const head of heads) {
    const children = head.nested ? ['数量', '已整改'] : [];
    if (children.length === 0) {
      add(0, column, head.text, headerRows, 1);
      columns.push([head.text]);
      column++;
      continue;
    }
    add(0, column, head.text, 1, children.length);
    for (const child of children) {
      add(1, column, child);
      columns.push([head.text, child]);
      column++;
    }
  }
  const rows: { path: string[]; unit?: string }[] = [];
  let row = headerRows;
  const single = ['检查单位数量（家）', '发现问题数量（个）', '罚没款金额（万元）', '移送案件数（件）'];
  const units: Readonly<Record<string, string>> = {
    '（家）': '家',
    '（个）': '个',
    '（万元）': '万元',
    '（件）': '件',
  };
  for (const label of random.sample(single, random.integer(2, 4))) {
    const unit = /（[^）]+）$/.exec(label)![0];
    add(row, 0, label, 1, stubColumns);
    rows.push({ path: [label.replace(unit, '')], unit: units[unit]! });
    row++;
  }
  // Several groups make a table that crosses pages.
  const groups = grouped
    ? random.sample(
        ['立案查处数量（件）', '责令整改数量（起）', '约谈企业数量（家）', '通报批评数量（次）', '媒体曝光数量（条）'],
        random.pick([1, 1, 1, 2, 5]),
      )
    : [];
  for (const group of groups) {
    const acts = random.sample(about.acts, random.integer(2, 4));
    const [, label = '', unit = ''] = /^(.*)（(.)）$/.exec(group) ?? [];
    add(row, 0, group, acts.length, 1);
    for (const act of acts) {
      add(row, 1, act);
      rows.push({ path: [label, act], unit });
      row++;
    }
  }
  let notApplicable = 0;
  let blank = 0;
  for (let r = headerRows; r < row; r++)
    for (let c = stubColumns; c < column; c++) {
      const stroke = random.chance(0.15);
      if (stroke) notApplicable++;
      else blank++;
      add(r, c, stroke ? '\\' : '');
    }
  return {
    spec: {
      type: 'table',
      caption: ['填报单位（盖章）：　　　　填报人：　　　　联系电话：'],
      rowCount: row,
      columnCount: column,
      headerRows,
      stubColumns,
      cells: cells.sort((a, b) => a.row - b.row || a.column - b.column),
      notes: random.chance(0.5) ? ['注：请于每月5日前报送上月数据。'] : [],
    },
    gold: { columns, rows, notApplicable, blank },
  };
}
