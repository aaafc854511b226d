import type { TableAxis } from '../../models/index.ts';

/** One row (or column) of which another is to be expected not to exceed. Indices of data rows or columns. */
export interface AxisCheck {
  readonly index: number;
  readonly atMost: number;
}

/**
 * What can only happen to what happened before: whoever has rectified was found in breach, whoever was found in breach was
 * inspected. Practice of supervision statistics; a month's figure may still exceed for a good reason (last month's
 * findings rectified this month), so these colour a cell and warn, and never reject.
 */
const order: readonly { readonly lesser: RegExp; readonly greater: readonly RegExp[] }[] = [
  {
    lesser:
      /^(已?完成整改|已?整改完成|整改到位|已整改到位|已整改|整改合格|已?完成销号|已销号|整改(?!率|措施|时限|期限|责任|要求))/,
    greater: [
      /^(责令整改|责令改正|限期整改|需整改|应整改|要求整改)/,
      /^(发现违法违规|发现违规|发现违法|发现问题|发现隐患|发现风险隐患|存在问题|存在隐患|排查隐患|排查出隐患|发现)/,
      /^(监督检查|检查|排查|巡查|抽查)/,
    ],
  },
  {
    lesser:
      /^(责令整改|责令改正|限期整改|发现违法违规|发现违规|发现违法|存在问题|存在隐患|发现问题|发现隐患|不合格|约谈)/,
    greater: [/^(监督检查|现场检查|检查|已检查|排查|巡查|抽查)/],
  },
  {
    lesser: /^(不合格|合格|抽检不合格|抽检合格|检验不合格|检出不合格|检测不合格)/,
    greater: [/^(监督抽检|抽检|抽样|检验|检测|送检)(?!不?合格)/],
  },
  { lesser: /^(实际检查|实检|已检查)/, greater: [/^(应检查|应检|计划检查)/] },
  { lesser: /^(实到|实际参加|实际到会)/, greater: [/^(应到|应参加|应到会)/] },
  { lesser: /^(已?办结|已?结案)/, greater: [/^(立案调查|立案查处|立案|受理|接收|转办)/] },
];

const quantity = /(数量|总数|家数|个数|件数|户数|人数|数|情况)$/;
const things = /^(的)?(单位|企业|主体|问题|隐患|风险隐患|场所|机构|学校|药店|门店|经营者|户|家|个|批次|样品|案件)?/;

/** 完成整改单位数量 → what is left after the verb, without the word for quantity: 单位 */
function restOf(label: string, verb: RegExp): string | null {
  const found = verb.exec(label);
  return found ? label.slice(found[0].length).replace(quantity, '').replace(/^的/, '') : null;
}

/** Nouns agree when they are the same, or one is not printed (完成整改数 beside 发现问题数). */
function nounsAgree(a: string, b: string): boolean {
  return a === b || (a === '' && things.exec(b)?.[0] === b) || (b === '' && things.exec(a)?.[0] === a);
}

/** Headings such as 排查情况 and 整改情况 put steps of one thing apart and do not make other things of them. */
function groupOf(axis: TableAxis): string {
  return axis.path
    .slice(0, -1)
    .filter((label) => !/(情况|处理|处置|整改|检查|排查)$/.test(label))
    .join('\u0000');
}

/** Pairs of rows (or columns) of one group and one unit of which the first is expected to be at most the second. */
export function axisChecks(axes: readonly TableAxis[]): readonly AxisCheck[] {
  const labels = axes.map((axis) =>
    (axis.path.at(-1) ?? '')
      .normalize('NFKC')
      .replace(/\s+/g, '')
      .replace(/\([^()]*\)$/, ''),
  );
  const checks: AxisCheck[] = [];
  for (const [i, axis] of axes.entries()) {
    const group = groupOf(axis);
    for (const { lesser, greater } of order) {
      const own = restOf(labels[i]!, lesser);
      if (own === null) continue;
      // The nearest step before: 完成整改 is held against 责令整改 where that is asked for, else against 发现违规.
      const limit = greater
        .map((verb) =>
          axes.findIndex((other, j) => {
            if (j === i || groupOf(other) !== group || other.unit !== axis.unit) return false;
            const rest = restOf(labels[j]!, verb);
            return rest !== null && nounsAgree(own, rest);
          }),
        )
        .find((j) => j >= 0);
      if (limit !== undefined) checks.push({ index: i, atMost: limit });
    }
  }
  return checks;
}
