import { evidenceAt, type Span, type Target } from '../models/index.ts';
import { type DateMatch, findDates, isoDate, lastDay } from '../models/text/dates.ts';
import { headingMarker } from '../models/text/markers.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import { parseNumeral } from '../models/text/numerals.ts';
import { type NoticeContext, sectionsAround, sentences, textOf } from './context.ts';
import units from './lexicon/units.json' with { type: 'json' };

const unitPattern = [...units]
  .sort((a, b) => b.length - a.length)
  .map((unit) => unit.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
  .join('|');
const amount = new RegExp(
  String.raw`(?<![\d.〔\[年第－-])(?<number>\d+(?:,\d{3})*(?:\.\d+)?|[一二两三四五六七八九十百千]{1,5})\s?(?<unit>[万亿]?(?:${unitPattern})(?:(?<=[吨米升瓦克])/(?:日|天|年|月|小时|人|户))?|％)(?<after>\s?(?:以上|以下|以内|左右|及以上))?`,
  'gu',
);
const reach =
  '不低于|不少于|不小于|不得低于|不得少于|至少|达到?(?:了)?|提(?:高|升)(?:到|至)?|增(?:长|加)(?:到|至)?|力争(?:达到)?|确保(?:达到)?|实现|完成|保持在?|稳定在|超过|高于|覆盖';
const make =
  '新增|新建|建成|建设|建立|改造|抽检|抽查|抽样|检查|检测|培训|培育|淘汰|创建|打造|配备|储备|备|开展|组织|举办|整治|查处|淘汰|完成改造';
/** 不低于95%, 不低于辖区学校总数5%, 完成改造210公里, 新增50条. */
const atLeast = new RegExp(`(?:${reach})(?:[^，。；、\\d]{0,12})?\\s?$`, 'u');
const made = new RegExp(`(?:${make})(?:[^，。；、\\d]{0,14})?\\s?$`, 'u');
const atMost = /(?:不超过|不高于|不得超过|不多于|控制在|降(?:低|至|到)|压减(?:到|至)?|(?<!不得?)低于|不大于)\s?$/u;
/** 每个村至少建立…: a deed, and what is counted stands behind the figure. */
const deed = new RegExp(`(?:${make}|发放|组建)$`, 'u');
const rate = /(?:率|比例|占比|面|比重|幅度|覆盖|程度)(?:均|都|须|应|要|需|必须|分别|达|为|是)?\s?$/u;
const notATarget = /(?:罚款|处以|扣|奖励|补助|较上年同期|占\s?$|超员|浓度|含量|温度|气温|超载|降雨|万元罚)/u;

/** What has been reached, not what is to be: 目前已达到540名; 在目前已达80%的基础上提高到95% goes on. */
const alreadySo =
  /(?:截至|截止|目前|至今)[^，。；]{0,24}已(?!.*(?:基础上|提高|提升|增加|降))|已(?:经)?(?:达到?|完成|超过|实现)[^，。；]{0,6}$/u;

const byShare = /[按以][^，。；、\d]{0,8}$/u;
const ofShare = /^的(?:比例|比率|标准)?(?:进行|开展|实施)?(?<deed>[^，。；、的]{2,10})/u;
/** 较前三年平均下降15%: by how much, where a goal is set; in a report the same words tell what happened. */
const lessens = /(?:下降|减少|降低|压减|压降)(?:了)?\s?$/u;
const aims = ({ flow, notice }: NoticeContext, at: number, sentence: string): boolean =>
  /力争|确保|实现|目标|年底前?[，,]|到(?:20\d\d年|[本今明]年)/u.test(sentence) ||
  sectionsAround(notice.sections, at).some(({ title }) => title && /目标/u.test(textOf(flow, title)));

/** 量化目标: a figure with its unit that something must reach or must not pass; lists (分别达到50%、75%、100%) one by one. */
export function extractTargets(context: NoticeContext): Target[] {
  const { flow, notice, issueDate } = context;
  const found: Target[] = [];
  for (const passage of notice.passages) {
    for (const sentence of sentences(flow.text, passage)) {
      const text = textOf(flow, sentence);
      if (!/[\d一二两三四五六七八九十百千]/u.test(text)) continue;
      const dates = findDates(text);
      let previous: { end: number; comparison: Target['comparison']; metric: string | null; unit: string } | undefined;
      for (const match of text.matchAll(amount)) {
        const { number = '', unit = '', after } = match.groups as Record<string, string>;
        const before = text.slice(0, match.index);
        const value = /^\d/.test(number) ? Number(number.replace(/,/g, '')) : parseNumeral(number);
        if (value === undefined || Number.isNaN(value)) continue;
        // 2024年, 9月, 15日: dates.
        if ((unit === '年' && value >= 1900) || unit === '月' || unit === '日') continue;
        const clause = before.slice(
          Math.max(before.lastIndexOf('，'), before.lastIndexOf('；'), before.lastIndexOf(',')) + 1,
        );
        if (notATarget.test(clause.slice(-14))) continue;
        const following = text.slice(match.index + match[0].length);
        // 三项指标达到3个100%: the count of figures is none itself.
        if (unit === '个' && /^\s?\d+(?:\.\d+)?[%％]/u.test(following)) continue;
        // 分类整治阶段（6个月）: how long, not how many; 目前已达到540名: told, not aimed at.
        if ((unit === '个' && /^\s?月/u.test(following)) || alreadySo.test(clause)) continue;
        // 处1万元以上3万元以下罚款: what an offence costs.
        if (/^[^，。；]{0,14}(?:罚款|罚金)/u.test(following)) continue;
        // 使用年限超过15年的电梯: from which figure on something is meant.
        if (/(?:超过|高于|大于|满)\s?$/u.test(before) && /^的(?!比例|比率|标准|要求|目标)/u.test(following)) continue;
        // What leads to the figure stands right before it.
        const bare = clause
          .replace(/在[^，。；在]{1,24}基础上/u, '')
          .replace(/[\d一二三四五六七八九十两]{1,2}\s?个$/u, '');
        const near = bare.slice(-40);
        const between = previous === undefined ? '' : text.slice(previous.end, match.index);
        // 50%、75%、100%; 其中种子20批次、农药25批次.
        const listed =
          previous !== undefined &&
          between.length < 24 &&
          (/^\s?[、和及]\s?$/u.test(between) ||
            (/^(?:[，,]?其中|[、和])[^，。；\d]{1,10}$/u.test(between) && previous.unit === unit));
        const comparison: Target['comparison'] | null =
          atMost.test(near) || /以下|以内/u.test(after ?? '')
            ? '<='
            : atLeast.test(near) || (made.test(near) && /^\d/.test(number)) || /以上/u.test(after ?? '')
              ? '>='
              : rate.test(near) && /[%％]/u.test(unit)
                ? value === 100
                  ? '='
                  : '>='
                : lessens.test(near) && /[%％点]/u.test(unit) && aims(context, passage.start, text)
                  ? '>='
                  : listed
                    ? (previous?.comparison ?? null)
                    : null;
        if (comparison === null) continue;
        const worded = !/^\d/.test(number) && !/(?:不低于|不少于|至少|不超过)\s?$/u.test(near);
        if (worded && !/以上|以下/u.test(after ?? '')) continue;
        const marker = before.length === clause.length ? (headingMarker(clause)?.end ?? 0) : 0;
        // 按不低于20%的比例随机抽查: what is measured stands behind.
        const behind = ofShare.exec(following);
        const shared = behind?.groups?.deed !== undefined && byShare.test(bare);
        const metric: string | null = listed
          ? (previous?.metric ?? null)
          : shared
            ? `${withoutLayoutSpaces(behind?.groups?.deed ?? '')}比例`
            : metricBefore(bare.slice(marker).slice(-200));
        // 6月底前完成100所学校改造: with nothing before the figure but its verb, what is counted stands behind it.
        const counted =
          (metric === null || deed.test(metric)) && !listed && !/[%％]/u.test(unit)
            ? /^[\u4e00-\u9fa5]{2,16}(?=[，。；、（(]|$)/u.exec(following)?.[0]
            : undefined;
        const span: Span = {
          start: sentence.start + before.length - (listed ? 0 : clause.trimStart().length - marker),
          end:
            sentence.start +
            match.index +
            match[0].length +
            (shared ? (behind?.[0].length ?? 0) : (counted?.length ?? 0)),
        };
        const exact =
          value === 100 &&
          /[%％]/u.test(unit) &&
          comparison === '>=' &&
          !/以上|不低于/u.test(`${before.slice(-4)}${after ?? ''}`);
        found.push({
          text: withoutLayoutSpaces(flow.text.slice(span.start, span.end)),
          metric: counted ?? metric,
          comparison: exact ? '=' : comparison,
          value,
          unit: unit === '％' ? '%' : unit,
          by: dueBy(dates, match.index, issueDate),
          evidence: [evidenceAt(flow, span, 0.9)],
        });
        previous = { end: match.index + match[0].length, comparison, metric, unit };
      }
    }
  }
  return found;
}

/** What is measured: the words before the verb that leads to the figure. */
function metricBefore(clause: string): string | null {
  const bare = clause
    .replace(
      /(?:分别|均|都|应当?|须|要|需|必须|力争|确保|原则上|总体上)*\s?(?:不低于|不少于|不小于|不得低于|不得少于|至少|达到?(?:了)?|提(?:高|升)(?:到|至)?|增(?:长|加)(?:到|至)?|力争(?:达到)?|确保(?:达到)?|实现|完成|保持在?|稳定在|超过|高于|覆盖|不超过|不高于|不得超过|不多于|控制在|降(?:低|至|到)|压减(?:到|至)?|低于|不大于)\s?$/u,
      '',
    )
    .replace(/^.*(?:确保|使|其中[:：]?|一是|二是|三是|四是|五是|且|并|以及|到\d{4}年底?前?)/u, '')
    // 6月底前完成…; 11月15日前报送典型案例（不少于…: by when is no part of what is counted.
    .replace(/^.*\d\s?(?:日|月(?:底|末)?|年底?)之?前\s?(?:完成|报送|上报|将)?/u, '')
    .replace(/[:：]|[（(]$/gu, '')
    .trim();
  const metric = withoutLayoutSpaces(bare)
    .slice(-40)
    .replace(/(?:分别|均|都|应当?|须|要|需|必须)$/u, '');
  return metric === '' ? null : metric;
}

/** The date by which, where the same sentence names one before the figure. */
function dueBy(dates: readonly DateMatch[], at: number, issueDate: string | null): string | null {
  const date = dates.findLast((d) => d.month !== null && d.end <= at);
  if (!date || date.month === null) return null;
  const year = date.year ?? (issueDate ? Number(issueDate.slice(0, 4)) + (date.relativeYear ?? 0) : null);
  return year === null ? null : (isoDate(year, date.month, lastDay(date, year, date.month)) ?? null);
}
