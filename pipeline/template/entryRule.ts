import type { AttachmentKind, EntryRule } from '../../models/index.ts';

/** What is counted by whole things: 量词 of statistics tables, with their compounds (家次, 人次). */
const countUnit =
  /^(家|个|件|份|人|次|台|户|名|起|条|处|批|批次|宗|场|期|辆|套|只|张|项|所|座|例|部|瓶|盒|块|栋|支|篇|幅|类|种|组|艘|架|头|羽|箱|袋|根|门|册|本|枚|颗|间|幢|车次|车|片|村|单|笔|队|班|把|顶|点|对|家次|人次|户次|件次|台次|台套|场次|项次|份次|点位|具|余家|处次|辆次|班次|床|张床位|班组|人天|天|日|站|店|校|页|户数|个次)$/;

/** What is measured: money, weight, length, area, volume, time, energy. */
const measureUnit =
  /^(元|千元|百元|万元|十万元|百万元|亿元|万|亿|美元|万美元|吨|万吨|公斤|千克|克|斤|毫克|kg|g|t|公里|千米|米|km|m|厘米|毫米|亩|万亩|公顷|平方米|平方公里|万平方米|m2|m²|立方米|万立方米|m3|m³|升|毫升|l|ml|小时|分钟|学时|课时|千瓦|千瓦时|万千瓦|万千瓦时|kw|kwh|兆瓦|度|万人|万人次|万户|万家|万件|万份|万次|万台|℃|分贝|db|mpa|分|倍)$/i;

const percentUnit = /^(%|百分比|百分点|‰)$/;

/** Says by itself that text is asked for. */
const textLabel =
  /(备注|说明|简介|措施|原因|名称|姓名|地址|住址|住所|职务|职称|科室|联系人|责任人|负责人|经办人|填报人|审核人|签字|签名|盖章|邮箱|邮件|编号|代码|文号|证号|号码|许可证号$|性别|民族|学历|专业|案由|案情|当事人|文书|微信|QQ|网址|链接|型号|规格|批号|产地|品牌|法定代表人|意见|建议|理由|简要|^单位$|(责任|所属|填报|被检查|牵头|配合|违法|工作|所在|报送)单位$|^部门$|(所在|责任|牵头|配合)部门$|年月$)/;
/** Asks for text only where nothing else says that figures are meant: 监督情况, 问题来源. */
const weakTextLabel =
  /(情况$|内容|描述|问题表现|类别|类型|方式|依据|结果|来源|进展|要求|事项|承诺|隐患$|违法行为$|处理$|目标任务|工作任务|标准$|部门$)/;
const countLabel = /(数量|数目|总数|家数|件数|人数|次数|户数|个数|份数|台数|批次|场次|起数|宗数|条数|处数|例数|数$)/;
const moneyLabel = /(金额|货值|罚款|罚没款|罚没|资金|经费|产值|收入|支出|投入|价值|损失|面积|重量|长度|里程|工时|学时)/;
const percentLabel = /(率|比例|占比|百分比|同比|环比|增幅|增速|比重)$/;
const growthLabel = /(同比|环比|增长|增减|增幅|增速|变化|升降|上年|去年.*比)/;
const dateLabel = /(日期|时间|时限|期限|年月日)$/;
const phoneLabel = /(电话|手机|传真|联系方式)/;

/** Chinese quantity words that open a unit in a label are not the unit: 单位：家 → 家, （单位 家） → 家. */
function bareUnit(unit: string | null): string | null {
  const bare = unit
    ?.normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/^(计量)?单位[::]?/, '')
    .replace(/[()]/g, '');
  return bare || null;
}

export interface EntryContext {
  /** Labels from the outermost in, without units. */
  readonly rowPath: readonly string[];
  readonly rowUnit: string | null;
  readonly columnPath: readonly string[];
  readonly columnUnit: string | null;
  /** The unit that the caption states for the whole table (单位：万元). */
  readonly tableUnit: string | null;
  readonly kind: 'statistics' | 'form';
  readonly attachmentKind: AttachmentKind;
}

type Shape = 'text' | 'weak-text' | 'percent' | 'growth' | 'date' | 'choice' | 'decimal' | 'whole' | 'phone' | null;

function unitShape(unit: string | null): Shape {
  if (unit === null) return null;
  if (percentUnit.test(unit)) return 'percent';
  if (countUnit.test(unit)) return 'whole';
  if (measureUnit.test(unit)) return 'decimal';
  if (/^(年月日|日期|年\/月\/日)$/.test(unit)) return 'date';
  if (/^(是|有)[/、或](否|无)$/.test(unit)) return 'choice';
  // 家/次, 起、万元: several measures. All counted: whole; otherwise both are written into the cell.
  const parts = unit.split(/[/、,,·和及]/).filter(Boolean);
  if (parts.length > 1 && parts.every((part) => countUnit.test(part))) return 'whole';
  if (parts.length > 1) return 'text';
  return null;
}

function labelShape(label: string): Shape {
  if (/^(是否|有无)/.test(label)) return 'choice';
  if (growthLabel.test(label) && /(率|比|幅|速|%|增长|增减|变化)/.test(label)) return 'growth';
  if (percentLabel.test(label)) return 'percent';
  if (phoneLabel.test(label)) return 'phone';
  if (dateLabel.test(label)) return 'date';
  if (countLabel.test(label)) return 'whole';
  if (moneyLabel.test(label)) return 'decimal';
  if (textLabel.test(label)) return 'text';
  if (weakTextLabel.test(label)) return 'weak-text';
  return null;
}

/** The more permissive of two shapes wins where row and column disagree: a remark in a row of counts is a remark. */
const precedence: readonly Exclude<Shape, null>[] = [
  'text',
  'phone',
  'choice',
  'date',
  'growth',
  'percent',
  'decimal',
  'whole',
  'weak-text',
];

/**
 * What may stand in a cell, from the units and labels of its row and column. A printed unit decides before any word of
 * the label; the label next to the cell before the one of its group. A statistics table without any hint takes numbers
 * that are not negative; a form takes text.
 */
export function entryRule(context: EntryContext): EntryRule {
  const rowUnit = bareUnit(context.rowUnit);
  const columnUnit = bareUnit(context.columnUnit);
  const tableUnit = bareUnit(context.tableUnit);
  const fold = (label: string | undefined) => (label ?? '').normalize('NFKC').replace(/\s+/g, '');
  const rowLabel = fold(context.rowPath.at(-1));
  const columnLabel = fold(context.columnPath.at(-1));

  const axisShape = (unit: string | null, label: string): Shape => {
    const byUnit = unitShape(unit);
    if ((byUnit === 'percent' || byUnit === 'decimal') && growthLabel.test(label)) return 'growth';
    return byUnit ?? labelShape(label);
  };
  const shapes = [axisShape(rowUnit, rowLabel), axisShape(columnUnit, columnLabel)];
  // A printed unit on one axis is not undone by a mere word on the other (数量 beside 万元; 检查内容 as a row of counts),
  // except by 备注, 是否 and the like in the column head, which say what the whole column is.
  if (rowUnit !== null && columnUnit === null && unitShape(rowUnit) && !/^(备注|说明|是否|有无)/.test(columnLabel)) {
    if (shapes[1] !== 'growth' && shapes[1] !== 'percent') shapes[1] = null;
  }
  if (columnUnit !== null && rowUnit === null && unitShape(columnUnit)) shapes[0] = null;

  const unit = columnUnit ?? rowUnit ?? tableUnit;
  const known = precedence.find((shape) => shapes.includes(shape)) ?? unitShape(tableUnit);
  const shape = known ?? (context.kind === 'statistics' ? 'decimal' : 'text');
  return ruleOfShape(shape, unit, known !== null && context.kind === 'form');
}

function ruleOfShape(shape: Exclude<Shape, null>, unit: string | null, inForm: boolean): EntryRule {
  switch (shape) {
    case 'whole':
      return { type: 'whole', min: 0, unit };
    case 'decimal':
      return { type: 'decimal', min: 0, unit };
    case 'growth':
      return { type: 'percent', min: null, max: null, unit: unit ?? '%' };
    case 'percent':
      return { type: 'percent', min: 0, max: unit === '‰' ? 1000 : 100, unit: unit ?? '%' };
    case 'date':
      return { type: 'date', unit };
    case 'choice':
      return { type: 'choice', options: ['是', '否'], unit };
    case 'phone':
      return { type: 'text', maxLength: 60, unit: null };
    case 'text':
    case 'weak-text':
      return { type: 'text', maxLength: inForm ? 2000 : 500, unit };
  }
}

/** True for a word that is a measure: 家, 万元, % */
export function isKnownUnit(text: string): boolean {
  return unitShape(bareUnit(text)) !== null;
}
