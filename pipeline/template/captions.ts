import type { EntryRule, FieldKind } from '../../models/index.ts';

/** What one caption line holds, in printed order. */
export type CaptionPart =
  | {
      readonly type: 'field';
      readonly kind: FieldKind;
      readonly label: string;
      /** Printed with a value already: 填报单位：某某市教育局 */
      readonly value: string | null;
      readonly entry: EntryRule;
    }
  | { readonly type: 'statement'; readonly text: string }
  /** 表号, 制定机关, 批准文号, 有效期至: stand at the upper right of an approved statistical form. */
  | { readonly type: 'approval'; readonly text: string };

export interface Captions {
  /** One entry per printed line. */
  readonly lines: readonly (readonly CaptionPart[])[];
  /** 单位：万元 — the measure of the whole table. */
  readonly tableUnit: string | null;
}

const approvalLabel =
  /^(表号|制定机关|制表机关|制定单位|批准机关|批准文号|批准(备案)?文号|批准\(备案\)文号|备案机关|备案文号|有效期至|有效期|有效期限|有效期截止)$/;
const kinds: readonly (readonly [FieldKind, RegExp])[] = [
  [
    'unit',
    /^(填报|报送|填表|上报|汇总|报告)?(单位|机关|部门|机构)(名称)?$|^(综合|填报)(机关|单位)名称$|^(填报|报送|上报)地区$|^地区$/,
  ],
  ['person', /^(填报|填表|制表|经办|报送|统计|上报|联系|填写)(人|人员|员)(姓名|签字|签名|及(联系)?电话)?$/],
  ['head', /(负责人|审核人|审核|分管领导|领导签字|审批人|局长|签发人|复核人)(签字|签名|签章)?$/],
  ['phone', /(电话|手机|联系方式)(号码)?$/],
  ['date', /^(填报|填表|报送|上报|报出|制表|填写)(日期|时间)$|^日期$/],
  [
    'period',
    /^(统计|报告|所属|报送|数据)?(时段|期间|报告期|周期|所属期|期别|月份|季度|统计期|时限)$|^统计(时间|日期|截止时间|截止日期)$|^报告期$|^时间$/,
  ],
];
const measure = /^(计量|金额|数量)?单位$/;
const measureValue = /^[%‰]$|^[\p{Script=Han}a-z0-9²³/、,%‰]{1,12}$/iu;
const knownMeasures = /^(家|个|件|份|人|次|台|户|名|起|元|千元|万元|亿元|吨|公斤|千克|万人|亩|公里|平方米|立方米|%|‰)/;

/** A filler that was printed to be written on. */
const filler = /(?:\\_|[_＿﹍﹎]|(?<![\p{Script=Han}a-z0-9])[-—－─━]{2,}|[-—－─━]{3,}|…{1,}|\.{4,})+/giu;

function classify(label: string): FieldKind {
  const bare = label
    .normalize('NFKC')
    .replace(/\([^()]*\)/g, '')
    .replace(/[\s:]+/g, '');
  return kinds.find(([, pattern]) => pattern.test(bare))?.[0] ?? 'other';
}

/** What may be filled into a line part above the table. */
export function fieldEntry(kind: FieldKind): EntryRule {
  const text = (maxLength: number): EntryRule => ({ type: 'text', maxLength, unit: null });
  switch (kind) {
    case 'date':
      return { type: 'date', unit: null };
    case 'phone':
      return text(60);
    case 'person':
    case 'head':
      return text(50);
    case 'unit':
      return text(100);
    case 'period':
      return text(30);
    case 'other':
      return text(200);
  }
}

/** What stood after a label: only what was printed there to be overwritten counts as nothing. */
function isBlankValue(value: string): boolean {
  const rest = value.replace(filler, '').replace(/20\d{2}(?=\s*年\s*月\s*日)/, '');
  return rest.replace(/[\s年月日时分至到()（）、，,.。/]+/g, '') === '';
}

/** A blank period that stands behind another blank without a label of its own: 填报单位：____ 2025年 月 */
const trailingPeriod = /^([_＿\s-]*)((?:20\d{2})?\s*年\s*[_＿Xx×]*\s*月份?)\s*$/;

/**
 * The lines between title and grid, taken apart: what is to be filled in (填报单位：____), what is stated (单位：万元), what
 * belongs to an approved statistical form (表号：…).
 */
export function parseCaptions(caption: readonly string[]): Captions {
  let tableUnit: string | null = null;
  const lines = caption.flatMap((line) => {
    const parts: CaptionPart[] = [];
    for (const { label, value } of labelValues(line)) {
      const bare = label.normalize('NFKC').replace(/[\s:]+/g, '');
      const folded = value.normalize('NFKC').replace(/\s+/g, '');
      if (label === '') {
        if (value.trim() !== '') parts.push({ type: 'statement', text: value.trim() });
      } else if (approvalLabel.test(bare)) {
        parts.push({ type: 'approval', text: `${label}${value.trim()}` });
      } else if (measure.test(bare) && folded !== '' && measureValue.test(folded) && !isBlankValue(value)) {
        if (bare !== '单位' || knownMeasures.test(folded)) tableUnit = folded;
        parts.push({ type: 'statement', text: `${label}${value.trim()}` });
      } else if (trailingPeriod.test(value) && classify(label) !== 'period' && classify(label) !== 'date') {
        const kind = classify(label);
        parts.push({ type: 'field', kind, label, value: null, entry: fieldEntry(kind) });
        parts.push({ type: 'statement', text: trailingPeriod.exec(value)![2]!.trim() });
      } else if (isBlankValue(value)) {
        const kind = classify(label);
        parts.push({ type: 'field', kind, label, value: null, entry: fieldEntry(kind) });
      } else if (classify(label) === 'unit') {
        parts.push({ type: 'field', kind: 'unit', label, value: value.trim(), entry: fieldEntry('unit') });
      } else {
        parts.push({ type: 'statement', text: `${label}${value.trim()}` });
      }
    }
    return parts.length > 0 ? [parts] : [];
  });
  return { lines, tableUnit };
}

/**
 * The same of a line beneath the grid, where a seal or a day may be asked for without a label's colon: 单位（盖章）, 　年　月　日
 */
export function parseFooter(line: string): readonly CaptionPart[] {
  const bare = line.normalize('NFKC').replace(/\s+/g, '');
  const day = /^(?:20\d{2})?年月日$/.test(bare);
  const seal = /^([\p{Script=Han}]*)\([盖公签][章字名]\)(?=$|\d*年)/u.exec(bare);
  const text = day ? `日期：${line}` : seal ? `${seal[1] === '' ? '单位' : ''}${seal[0]}：` : line;
  return parseCaptions([text]).lines.flat();
}

/** Labels that end a run of words which holds more than the label. The longest one counts. */
const fusedLabel =
  /(?:填报|填表|报送|上报)?单位负责人|(?:填报|填表|制表|经办|报送|统计|上报|联系)人(?:员)?(?:及联系电话|及电话)?|(?:填报|报送|填表|上报)(?:单位|机关|日期|时间)|联系电话|办公电话|审核人|负责人|分管领导(?=(?:[（(][^（()）]*[)）])?$)/u;

/** 填报单位：____ 填报人：____ → its labels (with colon) and what stands after each. A label without colon ends at a filler. */
function labelValues(line: string): { label: string; value: string }[] {
  // A label that only a filler follows gets the colon that was not printed: 填报单位（盖章）-----
  const text = line
    .replace(/\\_/g, '_')
    .replace(/([\p{Script=Han}）)])\s*(?=[_＿]{2,}|-{3,}|—{2,})(?<![：:年月日第至])/gu, (_, end: string) => `${end}：`);
  const label =
    /([\p{Script=Han}A-Za-z]+(?:[ \u3000][\p{Script=Han}](?![\p{Script=Han}]))*(?:[（(][^（）()：:]{1,12}[)）])?[\p{Script=Han}]*)\s*[：:]/gu;
  const found = [...text.matchAll(label)];
  if (found.length === 0) return [{ label: '', value: text }];
  // Where the blanks between were lost, the value before stands in front of the label: 年月日填报人 → 年月日, 填报人.
  const labels = found.map((match) => {
    const words = match[1]!;
    const start = Math.max(0, fusedLabel.exec(words)?.index ?? 0);
    const date = /^(?:20\d{2})?年(?:月日?)?(?=.)/.exec(words)?.[0].length ?? 0;
    const skip = Math.max(start, date);
    return { start: match.index + skip, label: words.slice(skip), end: match.index + match[0].length };
  });
  const parts: { label: string; value: string }[] = [];
  const lead = text.slice(0, labels[0]!.start).trim();
  if (lead !== '' && !isBlankValue(lead)) parts.push({ label: '', value: lead });
  for (const [i, { label: words, end }] of labels.entries()) {
    parts.push({
      label: `${words.replace(/[ \u3000]+/g, '')}：`,
      value: text.slice(end, labels[i + 1]?.start ?? text.length),
    });
  }
  return parts;
}
