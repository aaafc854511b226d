import { dateInChinese } from '../../models/text/dates.ts';
import type { GoldNotice } from '../gold.ts';
import { iso } from './random.ts';
import { type SeededRandom, seededRandom } from './seededRandom.ts';
import type { NoticeSpec } from './spec.ts';

/** A short notice under seal, and what a reader finds at its head and its foot. */
export interface SealedNotice {
  readonly spec: NoticeSpec;
  readonly gold: GoldNotice;
}

/** Bodies of one government; the first is the one that writes most. */
const places = [
  { name: '云汀省', bodies: ['应急管理厅', '农业农村厅', '生态环境厅', '医疗保障局'] },
  { name: '海岚省', bodies: ['教育厅', '公安厅', '卫生健康委员会', '市场监督管理局'] },
  ...['临漪市', '霁川市', '沅泽市', '澜州市', '棠溪市', '松漪县', '苇塘县', '潞泽县', '禾溪县', '望岫区', '青杙区'].map(
    (name) => ({
      name,
      bodies: [
        '人民政府办公室',
        '应急管理局',
        '农业农村局',
        '市场监督管理局',
        '住房和城乡建设局',
        '消防救援大队',
        '卫生健康局',
        '教育局',
        '医疗保障局',
        '生态环境局',
        '城市管理综合行政执法局',
        '防汛抗旱指挥部办公室',
      ],
    }),
  ),
] as const;

const topics = ['冬春火灾防控', '农资打假', '校园周边食品安全', '燃气管道老化更新', '汛期地质灾害排查', '医保基金使用'];
const demands = [
  '要压实责任，逐户排查登记，建立隐患清单，做到底数清、情况明。',
  '要坚持边查边改，能够立即整改的立即整改，不能立即整改的限期整改到位。',
  '要加强协调配合，及时通报情况，形成工作合力。',
  '要强化宣传引导，畅通举报渠道，曝光典型案例。',
];
const heads = ['提高认识', '突出重点', '强化督导', '加强宣传'];
const digits = '〇一二三四五六七八九';

/** The same seed makes the same notice: of one body or of two or three, with a date in figures or in Chinese numerals. */
export function sealedNotice(seed: number): SealedNotice {
  const random = seededRandom(seed * 7919 + 13);
  const place = random.pick(places);
  const bodies = random.sample(place.bodies, random.pick([1, 1, 1, 1, 2, 3])).map((body) => place.name + body);
  const [body = ''] = bodies;
  const topic = random.pick(topics);
  const [year, month, day] = [random.integer(2022, 2026), random.integer(1, 12), random.integer(1, 28)];
  const date = random.chance(0.2) ? dateInChinese(year, month, day) : `${year}年${month}月${day}日`;
  const hasHead = random.chance(0.85);
  const number = `${place.name[0]}${random.pick(['应急', '农', '市监', '安办', '教'])}发〔${year}〕${random.integer(1, 150)}号`;
  const title = [`关于做好${topic}工作的通知`];
  const spec: NoticeSpec = {
    id: `sealed-${seed}`,
    copyNumber: null,
    securityLevel: null,
    urgency: null,
    letterhead: hasHead ? { bodies, withSuffix: random.chance(0.7) } : null,
    documentNumber: number,
    signer: null,
    title,
    recipients: '各有关单位：',
    body: [
      { type: 'paragraph', text: `为切实做好${topic}工作，现就有关事项通知如下：` },
      ...paragraphs(random),
      { type: 'paragraph', text: '特此通知。' },
    ],
    attachmentNote: [],
    signatories: bodies,
    sealed: true,
    date,
    notes: random.chance(0.3) ? ['（此件公开发布）'] : [],
    enclosures: [],
    attachments: [],
    imprint: random.chance(0.4) ? { copyTo: null, printedBy: `${body}办公室`, printedOn: date } : null,
    forwarded: null,
  };
  return {
    spec,
    gold: {
      documentType: '通知',
      documentNumber: number,
      issuingBody: body,
      title: title.join(''),
      issueDate: iso(year, month, day),
      signatory: body,
    },
  };
}

function paragraphs(random: SeededRandom): NoticeSpec['body'] {
  return random.sample(demands, random.integer(1, 4)).map((text, i) => ({
    type: 'heading',
    level: 1,
    number: `${digits[i + 1]}、`,
    text: `${heads[i]}。`,
    runIn: text,
  }));
}
