import type { NoticeSpec, SpecTable } from '../../corpus/generator/spec.ts';

/** An invented statistics table with merged headers in two directions; `rows` of them so that it may cross pages. */
export function sampleTable(groups: number, perGroup: number): SpecTable {
  const cells: SpecTable['cells'][number][] = [];
  const put = (row: number, column: number, text: string, rowSpan = 1, columnSpan = 1): void => {
    cells.push({ row, column, rowSpan, columnSpan, text });
  };
  put(0, 0, '类别', 2, 2);
  put(0, 2, '检查情况', 1, 3);
  put(0, 5, '备注', 2, 1);
  put(1, 2, '检查家次');
  put(1, 3, '发现隐患数（处）');
  put(1, 4, '完成整改数（处）');
  for (let g = 0; g < groups; g++) {
    put(2 + g * perGroup, 0, `第${'一二三四五六七八九十'[g] ?? g}类场所`, perGroup, 1);
    for (let i = 0; i < perGroup; i++) {
      const row = 2 + g * perGroup + i;
      put(row, 1, `场所${g + 1}-${i + 1}`);
      for (let c = 2; c < 6; c++) put(row, c, c === 3 && i % 2 === 0 ? '\\' : '');
    }
  }
  return {
    type: 'table',
    caption: ['填报单位（盖章）：          填报人：'],
    rowCount: 2 + groups * perGroup,
    columnCount: 6,
    headerRows: 2,
    stubColumns: 2,
    cells,
    notes: ['注：每月5日前报送上月情况。'],
  };
}

const long =
  '为进一步加强城镇燃气安全管理，压实企业主体责任和部门监管责任，根据《城镇燃气管理条例》和省安全生产委员会办公室《关于开展瓶装液化石油气安全专项整治的通知》（云安办发〔2024〕17号）要求，结合本县实际，决定自2025年3月1日起在全县范围内开展专项整治，现将有关事项通知如下：';

export const sampleSpec: NoticeSpec = {
  id: 'sample',
  copyNumber: '000012',
  securityLevel: null,
  urgency: '特急',
  letterhead: { bodies: ['青林县住房和城乡建设局'], withSuffix: true },
  documentNumber: '青建发〔2025〕8号',
  signer: null,
  title: ['青林县住房和城乡建设局关于开展瓶装液化石油气', '安全专项整治的通知'],
  recipients: '各乡镇人民政府，各街道办事处，县燃气服务中心，各有关单位：',
  body: [
    { type: 'paragraph', text: long },
    { type: 'heading', level: 1, number: '一、', text: '工作目标', runIn: null },
    {
      type: 'paragraph',
      text: '到2025年底，全县瓶装液化石油气经营企业隐患整改率达到100%，用户入户安检率达到98%以上，Ⅲ型站点全部完成KY-3型阀门更换，LPG气瓶追溯码“一瓶一码”。',
    },
    { type: 'heading', level: 1, number: '二、', text: '整治重点', runIn: null },
    {
      type: 'heading',
      level: 2,
      number: '（一）',
      text: '经营企业。',
      runIn:
        '重点检查是否存在超期未检、不合格气瓶充装，向不具备安全条件的用户供气，未按规定开展入户安检，从业人员未持证上岗，違規倒装等行为。',
    },
    {
      type: 'heading',
      level: 2,
      number: '（二）',
      text: '餐饮用户。',
      runIn: '重点检查是否使用“直排直放”灶具，是否安装燃气泄漏报警装置，是否在地下、半地下空间使用瓶装液化石油气。',
    },
    {
      type: 'heading',
      level: 3,
      number: '1.',
      text: '报送要求。',
      runIn: '各单位于每月25日前将《统计表》（附件1）报县住房和城乡建设局，2025年11月20日前报送工作总结。',
    },
    { type: 'lines', lines: ['联系人：钱小满  联系电话：0871-60001234', '电子邮箱：ranqi@example.gov.cn'] },
  ],
  attachmentNote: ['瓶装液化石油气安全专项整治情况统计表', '整治任务分工'],
  signatories: ['青林县住房和城乡建设局'],
  sealed: true,
  date: '2025年2月26日',
  notes: ['（此件公开发布）'],
  enclosures: [],
  attachments: [
    { label: '附件1', title: ['瓶装液化石油气安全专项整治情况统计表'], blocks: [sampleTable(3, 9)] },
    {
      label: '附件2',
      title: ['整治任务分工'],
      blocks: [
        {
          type: 'paragraph',
          text: '县住房和城乡建设局负责统筹协调，县市场监督管理局负责气瓶检验检测机构监管，县商务局负责督促餐饮企业落实主体责任。',
        },
      ],
    },
  ],
  imprint: {
    copyTo: '县人民政府办公室，县安全生产委员会办公室，县应急管理局，县市场监督管理局，县商务局，县消防救援大队。',
    printedBy: '青林县住房和城乡建设局办公室',
    printedOn: '2025年2月26日印发',
  },
  forwarded: null,
};
