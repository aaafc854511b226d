import { type Campaign, evidenceAt, type Phase, type Span } from '../models/index.ts';
import { addDays, addMonths, daysInMonth, findDates, isoDate, lastDay } from '../models/text/dates.ts';
import { enclosurePattern } from '../models/text/lines.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import { parseNumeral } from '../models/text/numerals.ts';
import { leadingRegions } from '../models/text/regions.ts';
import { type NoticeContext, sentences, textOf } from './context.ts';
import { extractPhases, readRange, sectionTitles } from './phases.ts';

const undertaking =
  '(?:风险排查处置工作|排查处置工作|排查处置|专项行动|专项整治行动|专项整治工作|专项整治|专项治理|专项检查|集中整治|集中治理|综合治理|综合整治|攻坚行动|攻坚战|提升行动|巩固提升行动|整治行动|行动|大排查大整治|大排查|大检查|百日攻坚|百日行动|攻坚年|提升年|攻坚|排查整治|排查治理|整治工作|整治|治理工作|治理|检查工作|检查|抽检|督查|普查|创建|活动|月活动|宣传月|试点|竞赛|年活动|监测|回头看|清查|清理整顿|清理|核查|排查|自查|演练|培训|评估|评选|会战|保障工作|防控工作|防治工作|工作|打假|监管|打击)';
const name = new RegExp(`^(?<name>.*${undertaking}[”"]?)`, 'u');
const wrapper = new RegExp(
  `(?:的)?(?:实施|工作|总体|具体)*(?:${enclosurePattern}|通知|意见|公告|通告|通报|函|请示|报告)(?:[（(][^（()）]*[）)])?$`,
  'u',
);

/** The name of the undertaking in a title: 关于开展X的通知, 关于印发《X实施方案》的通知. */
function nameInTitle(context: NoticeContext, title: string): string | null {
  // <…> where a keyboard had no 《…》.
  const marked = title.replace(/[<〈＜]/gu, '《').replace(/[>〉＞]/gu, '》');
  const quoted = /《([^《》]+(?:《[^》]*》[^《》]*)*)》/u.exec(marked)?.[1];
  let words = quoted ?? marked;
  for (let round = 0; round < 3; round++) {
    words = words
      .replace(/^.*?关于(?=.)/u, '')
      .replace(/^在全[国省市县区州镇](?:范围内)?(?=(?:集中|深入|组织|联合)*开展)/u, '')
      .replace(
        /^(?:商请|恳请|提请|协助|配合|提供|报送|上报|填报|印发|转发|批转|下发|联合开展|组织做好|做好|开展好|开展|组织开展|深入开展|进一步开展|继续开展|扎实开展|集中开展|全面开展|部署开展|加强|推进|进一步做好|进一步加强|深化|实施|全面推进|切实做好|认真做好|启动|落实)+/u,
        '',
      );
    words = words.replace(wrapper, '');
  }
  words = withoutRegion(context, words.replace(/^《|》$/gu, ''))
    .replace(/^(?:开展|做好|组织开展|深入开展)/u, '')
    .replace(/(?:有关|相关)?(?:事项|工作事宜|事宜|工作的?)$/u, (tail) => (/^工作/u.test(tail) ? '工作' : ''));
  const match = name.exec(words.replace(/的$/u, ''));
  return match?.groups?.name && match.groups.name.length >= 4 ? match.groups.name : null;
}

/** 2025年某某县…, 全市…: place and year say where and when, not what. */
function withoutRegion(context: NoticeContext, words: string): string {
  let bare = words;
  for (let round = 0; round < 3; round++) {
    bare = bare.replace(/^(?:(?:19|20)\d{2}\s?[-—至]\s?(?:19|20)?\d{2}\s?年度?|(?:19|20)\d{2}\s?年度?)/u, '');
    const { end } = leadingRegions(bare, context.agencies.index);
    bare = bare
      .slice(end)
      .replace(/^[\u4e00-\u9fa5]{2,6}?(?:镇|乡|街道)(?=(?:19|20)\d{2}年)/u, '')
      .replace(
        /^(?:全[国省市县区州]|[\u4e00-\u9fa5]{2,4}(?:省|市(?!场|政|容|民|值|域)|县(?!域|乡|级)|州|旗(?!舰))(?=[\u4e00-\u9fa5]{4}|(?:19|20)\d{2}年))/u,
        (m) => (/^全/u.test(m) || !/[安防食药燃消]/u.test(m) ? '' : m),
      );
  }
  return bare;
}

/** What a body does anyway or goes on doing (监管, 防范工作), by the last word of its name. */
const routine = /(?:工作|监管|监测|试点|培训|评估|评选|打击|活动|抽检|竞赛|演练)$/u;
const concerted =
  /整治|治理|检查|排查|攻坚|行动|打假|整顿|清理|清查|清零|督查|核查|普查|会战|战役|回头看|自查|处置|创建|提升|飞行|[“”"]/u;
/** Papers that tell, decide or ask about something instead of launching it. */
const tellsOf =
  /(?:情况|结果|问题|单位|个人|工作者)的(?:通报|通告|公告|决定)|(?:通报|批复|纪要|决定|报告)$|关于(?:表彰|公布|举办|召开|征求|调整|同意|报送|上报|印发[^《]{0,30}总结)/u;

/** Whether a title launches what it names: all that is concerted, and of the rest what is opened or planned in so many words. */
const launches = (title: string, named: string): boolean =>
  !routine.test(named) ||
  ((concerted.test(named) || /开展|组织|启动|方案|计划/u.test(title)) &&
    !/要点|总结/u.test(title) &&
    !tellsOf.test(title));

/** 专项行动: its name, when it runs, its phases; null for a notice that launches none. */
export function extractCampaign(context: NoticeContext): Campaign | null {
  const { flow, notice } = context;
  const enclosed = notice.enclosures[0]?.title;
  const title = notice.title?.value ?? enclosed;
  if (!title) return null;
  const words = nameInTitle(context, title) ?? (enclosed ? nameInTitle(context, enclosed) : null);
  const phases = extractPhases(context);
  const named = words !== null && (launches(title, words) || phases.length > 1) ? words : null;
  // 关于切实加强…工作的通知: the title asks for care; what is launched, the text says (决定…开展…专项治理).
  const launched = /(?:关于|^)(?:切实|进一步|认真)*(?:加强|做好|强化).{2,}工作/u.test(title)
    ? launchedInBody(context)
    : null;
  const quotedName =
    launched ?? named ?? quotedInBody(context) ?? (phases.length > 1 ? plannedName(context, enclosed ?? title) : null);
  if (!quotedName) return null;
  const period = campaignPeriod(context, phases);
  const spans = notice.title?.spans ?? notice.enclosures.slice(0, 1).map(({ span }) => span);
  return {
    name: withoutLayoutSpaces(quotedName),
    startDate: period.start,
    endDate: period.end,
    phases,
    evidence: [
      evidenceAt(flow, { start: (spans[0] as Span).start, end: (spans.at(-1) as Span).end }, 0.9),
      ...period.spans.map((span) => evidenceAt(flow, span, 0.85)),
    ],
  };
}

/** 今冬明春火灾防控工作方案: a plan that runs in phases is launched whatever it is called. */
function plannedName(context: NoticeContext, title: string): string | null {
  const quoted = /《([^《》]+)》/u.exec(title)?.[1] ?? title;
  const words = /^(?:.*?关于(?:印发|开展|做好)?)?(?<words>.{4,40}?)(?:工作)?(?:实施)?(?:方案|计划)$/u.exec(quoted)
    ?.groups?.words;
  return words ? withoutRegion(context, words) : null;
}

const launch = new RegExp(
  `决定[^。；]{0,50}?(?:组织开展|集中开展|开展|实施)(?:为期[^，。]{1,8}的)?(?<name>[^，。；（(]{4,36}?${undertaking})(?=[，。；（(]|行动|工作)`,
  'u',
);

function launchedInBody(context: NoticeContext): string | null {
  for (const passage of context.notice.passages.slice(0, 4)) {
    const found = launch.exec(textOf(context.flow, passage))?.groups?.name;
    if (found) return withoutRegion(context, found);
  }
  return null;
}

function quotedInBody({ flow, notice }: NoticeContext): string | null {
  for (const passage of notice.passages.slice(0, 4)) {
    const match =
      /(?:开展|组织|实施)(?:为期[^，。]{1,8}的)?(?<name>[^，。；（(]{2,30}(?:专项行动|专项整治|行动|集中整治|大检查))/u.exec(
        textOf(flow, passage),
      );
    if (match?.groups?.name) return match.groups.name.replace(/^(?:全[省市县区]|了|好)/u, '');
  }
  return null;
}

/** When the campaign runs: printed in the body, else from the first phase to the last. */
function campaignPeriod(
  context: NoticeContext,
  phases: readonly Phase[],
): { start: string | null; end: string | null; spans: Span[] } {
  const { flow, notice, issueDate } = context;
  let start: string | null = null;
  let end: string | null = null;
  const spans: Span[] = [];
  const carried: { year: number | null } = { year: issueDate ? Number(issueDate.slice(0, 4)) : null };
  for (const passage of notice.passages) {
    for (const sentence of sentences(flow.text, passage)) {
      const text = textOf(flow, sentence);
      const immediate = /即日起|自即日|即日开始|自(?:本通知)?(?:印发|发布|下发)之日起/u.exec(text);
      const months = /为期\s?(?<n>[\d一二两三四五六七八九十半]{1,3})\s?个?(?<unit>月|年|天|日|周)/u.exec(text);
      const until =
        /(?<open>即日起?|之日起)?\s?(?:至|到|截至|持续到|延续至)\s?(?<dates>(?:(?:19|20)\d{2}\s?年|[二〇○零一三四五六七八九]{4}年|今年|本年|明年)?\s?(?:\d{1,2}|十[一二]?|[一二三四五六七八九])\s?月(?:份?\s?(?:\d{1,2}|[一二三]?十?[一二三四五六七八九十])\s?日|底|末|[上中下]旬|份)?)(?<close>[^，。；]{0,4}?(?:结束|止|为止|完成))?/u.exec(
          text,
        );
      const span =
        /(?:从|自|于|在|时间为?[:：]?|为|期限[:：]?)\s?(?<dates>(?:(?:19|20)\d{2}\s?年|今年|本年|当年)?\s?\d{1,2}\s?月(?:\d{1,2}日|[上中下]旬|份|底|初)?(?:起)?(?:开始)?[，,]?\s?(?:至|到|—+|-|~|～|–)\s?(?:(?:19|20)\d{2}\s?年|今年|次年|明年)?\s?(?:\d{1,2}\s?月)?(?:\d{1,2}日|[上中下]旬|份|底|末)?)/u.exec(
          text,
        ) ??
        (phases.length < 2 && /时间|期限|起止/u.test(sectionTitles(context, passage.start))
          ? /^[^\d]{0,12}(?<dates>(?:(?:19|20)\d{2}\s?年)?\s?\d{1,2}\s?月(?:\d{1,2}日|[上中下]旬|份|底|初)?\s?(?:起)?(?:至|到|—+|-|~|～|–)\s?(?:(?:19|20)\d{2}\s?年|次年|明年)?\s?(?:\d{1,2}\s?月)?(?:\d{1,2}日|[上中下]旬|份|底|末)?)/u.exec(
              text,
            )
          : null);
      if (
        start === null &&
        span?.groups?.dates &&
        /(?:时间|期限|起止)/u.test(`${sectionTitles(context, passage.start)}`) &&
        span.index + span[0].length >= text.length - 12
      ) {
        const dates = readRange(span.groups.dates, issueDate, carried);
        if (dates?.start && dates.end) {
          start = dates.start;
          end = end ?? closing(dates.end);
          spans.push({ start: sentence.start + span.index, end: sentence.start + span.index + span[0].length });
        }
      }
      if (start === null && span?.groups?.dates && /开展|行动|整治|治理|检查|活动|时间|期限|实施/u.test(text)) {
        const dates = readRange(span.groups.dates.replace(/[，,]|开始/gu, ''), issueDate, carried);
        if (dates?.start && dates.end) {
          start = dates.start;
          end = end ?? closing(dates.end);
          spans.push({ start: sentence.start + span.index, end: sentence.start + span.index + span[0].length });
        }
      }
      // 决定从7月5日起，开展为期两个月的…; 自2024年5月起…: a start, and perhaps how long.
      const opening =
        /(?:从|自|于)\s?(?<date>(?:(?:19|20)\d{2}\s?年|今年|本年)?\s?\d{1,2}\s?月(?:份?\s?\d{1,2}\s?[日号]|[上中下]旬|份|底|初)?)\s?(?:起|开始)/u.exec(
          text,
        );
      if (
        start === null &&
        opening?.groups?.date &&
        /开展|组织|实施|启动|部署/u.test(text) &&
        /行动|整治|治理|检查|活动|抽检|排查|攻坚|督查/u.test(text) &&
        !/每[月周季旬]|报送|上报/u.test(text.slice(opening.index))
      ) {
        const dates = readRange(opening.groups.date, issueDate, carried);
        if (dates?.start) {
          start = dates.start.length === 7 && months ? `${dates.start}-01` : dates.start;
          spans.push({
            start: sentence.start + opening.index,
            end: sentence.start + opening.index + opening[0].length,
          });
        }
      }
      if (start === null && immediate && issueDate !== null) {
        start = issueDate;
        spans.push({
          start: sentence.start + immediate.index,
          end: sentence.start + immediate.index + immediate[0].length,
        });
      }
      if (end === null && months?.groups && (start ?? issueDate) !== null && (immediate || start !== null)) {
        const half = months.groups.n === '半';
        const n = half ? 6 : (parseNumeral(months.groups.n ?? '') ?? 0);
        const from = start ?? (issueDate as string);
        end =
          half && months.groups.unit === '月'
            ? addDays(from, 15)
            : months.groups.unit === '月' || half
              ? addMonths(from, n)
              : months.groups.unit === '年'
                ? addMonths(from, 12 * n)
                : addDays(from, n * (months.groups.unit === '周' ? 7 : 1));
        spans.push({ start: sentence.start + months.index, end: sentence.start + months.index + months[0].length });
      }
      if (
        end === null &&
        until?.groups?.dates &&
        (until.groups.open || until.groups.close) &&
        (start !== null || immediate)
      ) {
        const [date] = findDates(until[0]);
        const year = date?.year ?? carried.year;
        if (date?.month && year) {
          end = isoDate(year, date.month, lastDay(date, year, date.month)) ?? null;
          spans.push({ start: sentence.start + until.index, end: sentence.start + until.index + until[0].length });
        }
      }
    }
    if (start !== null && end !== null) break;
  }
  const starts = phases
    .map((p) => p.start)
    .filter((v): v is string => v !== null)
    .sort();
  const ends = phases
    .map((p) => p.end)
    .filter((v): v is string => v !== null)
    .sort();
  return { start: start ?? starts[0] ?? null, end: end ?? ends.at(-1) ?? null, spans };
}

/** The end of a printed range as a day where a month is printed: the last one. */
function closing(end: string): string {
  const [year, month] = end.split('-').map(Number) as [number, number];
  return end.length === 7 ? `${end}-${String(daysInMonth(year, month)).padStart(2, '0')}` : end;
}
