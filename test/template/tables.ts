import {
  type Attachment,
  type Deadline,
  emptyNotice,
  type Notice,
  type Table,
  type TableAxis,
  type TableCell,
} from '../../models/index.ts';

/**
 * A table drawn as rows of texts. A cell of `<` goes on from the left, of `^` from above; \ does not apply; an empty one
 * is open. Labels are what stands in the first `headerRows` rows and `stubColumns` columns, and what `labels` matches.
 */
export function drawTable(
  rows: readonly string[],
  known: Partial<Table> & { readonly headerRows: number; readonly stubColumns: number; readonly labels?: RegExp },
): Table {
  const grid = rows.map((row) => row.split('|').map((text) => text.trim()));
  const columnCount = grid[0]!.length;
  const cells: TableCell[] = [];
  for (const [row, texts] of grid.entries()) {
    if (texts.length !== columnCount) throw new Error(`row ${row} has ${texts.length} cells, not ${columnCount}`);
    for (const [column, text] of texts.entries()) {
      if (text === '<' || text === '^') continue;
      let columnSpan = 1;
      while (texts[column + columnSpan] === '<') columnSpan++;
      let rowSpan = 1;
      while (grid[row + rowSpan]?.[column] === '^') rowSpan++;
      const role =
        row < known.headerRows
          ? 'column-header'
          : column < known.stubColumns && text !== ''
            ? 'row-header'
            : text === ''
              ? 'blank'
              : text === '\\'
                ? 'not-applicable'
                : known.labels?.test(text)
                  ? 'row-header'
                  : 'data';
      cells.push({ row, column, rowSpan, columnSpan, text, role });
    }
  }
  const at = (row: number, column: number) =>
    cells.find(
      (c) => row >= c.row && row < c.row + c.rowSpan && column >= c.column && column < c.column + c.columnSpan,
    )!;
  const axis = (labels: readonly TableCell[]): TableAxis => {
    const path = [...new Set(labels)].filter((cell) => cell.text !== '').map((cell) => cell.text);
    const unit = path
      .map((label) => /[（(]([^（）()]+)[）)]$/.exec(label)?.[1] ?? null)
      .findLast((found) => found !== null);
    return { path: path.map((label) => label.replace(/[（(][^（）()]+[）)]$/, '')), unit: unit ?? null };
  };
  const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  const { labels: _, ...table } = known;
  return {
    title: null,
    caption: [],
    notes: [],
    frequency: null,
    evidence: [],
    rowCount: grid.length,
    columnCount,
    cells,
    rows: range(table.headerRows, grid.length).map((row) => axis(range(0, table.stubColumns).map((c) => at(row, c)))),
    columns: range(table.stubColumns, columnCount).map((column) =>
      axis(range(0, table.headerRows).map((r) => at(r, column))),
    ),
    ...table,
  };
}

export function attachmentOf(table: Table, known: Partial<Attachment> = {}): Attachment {
  return {
    number: 1,
    title: table.title ?? '附表',
    present: true,
    kind: 'statistics-table',
    tables: [table],
    evidence: [],
    ...known,
  };
}

export function noticeOf(attachments: readonly Attachment[], known: Partial<Notice> = {}): Notice {
  return {
    ...emptyNotice,
    documentType: '通知',
    documentNumber: { value: '云应急发〔2025〕12号', agencyCode: '云应急发', year: 2025, serial: 12, evidence: [] },
    issuingBody: { value: '云溪市应急管理局', evidence: [] },
    administrativeLevel: 'prefectural',
    title: { value: '云溪市应急管理局关于开展燃气安全“护民”行动的通知', evidence: [] },
    attachments,
    ...known,
  };
}

export function monthly(day: number, task: string): Deadline {
  return {
    task,
    due: { kind: 'recurring', frequency: 'monthly', day, month: null, rrule: `FREQ=MONTHLY;BYMONTHDAY=${day}` },
    time: null,
    assumed: [],
    responsible: null,
    recipient: null,
    evidence: [],
  };
}

/** Grouped rows, units in the labels, cells that do not apply. */
export const groupedTable = drawTable(
  [
    '类别|<|燃气经营企业|瓶装液化气站|餐饮场所|工商业用户|居民用户',
    '检查单位数量（家）|<||||| \\',
    '发现违规单位数量（家）|<||||| \\',
    '完成整改单位数量（家）|<||||| \\',
    '立案查处案件数量（件）|充装不合格气瓶|||\\|\\|\\',
    '^|违规储存气瓶|||| |\\',
    '^|未安装报警装置|\\|||| \\',
    '^|其他|||||',
    '罚没款金额（万元）|<|||||\\',
    '吊销许可证数量（家）|<|||\\|\\|\\',
    '移送公安机关案件数（件）|<|||||',
  ],
  {
    headerRows: 1,
    stubColumns: 2,
    title: '2025年X月燃气安全“护民”行动工作统计表',
    caption: ['填报单位（盖章）-----', '填报人：'],
    notes: ['注：每月17日前报送当月工作情况表'],
    frequency: 'monthly',
  },
);

/** 项目 and 数量. */
export const itemTable = drawTable(
  [
    '项目|数量',
    '辖区内期末校外培训机构数量（个）|',
    '检查校外培训机构数量（个）|',
    '责令整改机构数量（个）|',
    '完成整改机构数量（个）|',
    '关闭违规账号数量（个）|',
    '立案调查案件数量（件）|',
    '案件处罚金额（万元）|',
  ],
  {
    headerRows: 1,
    stubColumns: 1,
    title: '校外培训集中治理工作情况统计表',
    caption: ['填报单位：_____ 填报时间： 年 月 日'],
  },
);

/** Units in the columns; figures are cumulative. */
export const columnUnitTable = drawTable(
  [
    '类别|检查单位数量（家）|发现违规单位数量（家）|完成整改单位数量（家）|已立案查处数量（件）|罚没款金额（万元）|整改率（%）|备注',
    '幼儿园食堂|||||||',
    '中小学食堂|||||||',
    '集体用餐配送单位|||||||',
    '合计|||||||',
  ],
  {
    headerRows: 1,
    stubColumns: 1,
    title: '校园食品安全排查整治工作情况统计表',
    caption: ['填报单位：', '时间：'],
    notes: ['注：本统计表内数据为自2025年3月1号起累计数据。'],
  },
);

/** Two header rows, subtotals, totals, 其中, 本月 and 累计. */
export const totalsTable = drawTable(
  [
    '项目|<|本月数（起）|<|累计数（起）|<',
    '^|^|城区|乡镇|城区|乡镇',
    '合计|<||||',
    '居民火灾|高层住宅||||',
    '^|自建房||||',
    '^|小计||||',
    '单位火灾|厂房||||',
    '^|其中：小微企业||||',
    '^|仓库||||',
    '^|小计||||',
  ],
  {
    headerRows: 2,
    stubColumns: 2,
    title: '消防隐患排查整治情况月报表',
    caption: [
      '表号：消统1表',
      '制定机关：云溪省消防救援总队',
      '批准文号：云统制〔2025〕3号',
      '有效期至：2027年12月',
      '填报单位：____ 2025年 月',
    ],
  },
);

/** A form of labels and blanks. */
export const registrationTable = drawTable(
  ['单位名称||<|<|<', '联络员|姓名||所在部门|', '^|职务||办公电话|', '^|移动电话||<|<', '^|电子邮箱||<|<'],
  { headerRows: 0, stubColumns: 0, labels: /./, title: '联络员报名表' },
);

/** A list with its header alone. */
export const ledgerTable = drawTable(['序号|企业名称|检查日期|发现问题|罚款金额（万元）|是否整改|备注'], {
  headerRows: 1,
  stubColumns: 0,
  title: '农资打假检查台账',
});

/** Everything printed. */
export const dutyTable = drawTable(
  [
    '工作任务|序号|目标任务|具体内容|责任单位',
    '一、严防医保基金风险|1|定点医药机构排查|以住院、门诊慢特病、药店刷卡为重点环节，全面排查虚假诊疗、串换项目、超量开药等风险隐患，建立问题清单，逐项销号。|各县（市、区）局',
    '二、严惩欺诈骗保|2|打击虚假住院|严厉打击诱导住院、挂床住院、伪造病历等行为；对重点对象开展联合检查。|各县（市、区）局、直属分局',
    '^|3|打击倒卖药品|严厉打击倒卖“回流药”行为，追查上下游。|市局稽查科',
  ],
  { headerRows: 1, stubColumns: 0, title: '医保基金监管专项整治任务分工表' },
);
