import { type Deadline, evidenceAt, type Passage, type Span } from '../models/index.ts';
import { findDocumentNumbers } from '../models/text/documentNumber.ts';
import { headingMarker } from '../models/text/markers.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import { type NoticeContext, sectionsAround, sentences, textOf } from './context.ts';
import { type Clause, clauses, sharedVerb } from './deadlineClauses.ts';
import {
  entrustedIn,
  headless,
  obligedIn,
  recipientIn,
  responsibleAfter,
  responsibleBefore,
  subjectOf,
} from './deadlineParties.ts';
import { distribute } from './deadlineTasks.ts';
import { type DueContext, findDueExpressions } from './dueExpressions.ts';
import { responsibleUnits, sectionUnits } from './sections.ts';
import { taskTableDeadlines } from './taskTables.ts';

/** Words of duty: what has a limit is something that somebody must do. */
export const duty =
  /报送|上报|报告|呈报|填报|汇报|反馈|提交|报至|报给|报到|报[^警考名]|送达|送[至交到]|交[至到回]|发送|发至|寄送|邮寄|传真[至给到]|抄送|录入|上传|备案|完成|达到|实现|建立|配备|配齐|整改|制定|印发|部署|启动|开展|组织|下发|召开|公布|公示|发布|公开|总结|汇总|落实|清零|消除|关闭|停产|退出|安装|配置|签订|核查|排查|检查|摸清|新增|新建|改造|推[广开行]|淘汰|取缔|拆除|腾退|置换|反馈|申报|申请|缴纳|拨付|报名|推荐|确定|明确|做好|结束|形成|出台|编制|修订|更新|登记|处置|办结|移交|答复|回复|审核|验收|评估|培训|宣传|覆盖|参加|投入|建成|转移|撤离|到位|悬挂|张贴|设立|发放|清理|补齐|办理|提请|约谈|退[回还缴]|返还|归还|上缴|交/u;

const phaseHeading = /阶段|步骤|(?:时间|进度|行动)安排|动员部署|组织实施/u;

/** Every deadline of the notice: in the body, in the words and the cells of its attachments, in notes beneath tables. */
export function extractDeadlines(context: NoticeContext): Deadline[] {
  const { flow, notice } = context;
  const found: Deadline[] = [];
  // Not spread into push: a text of millions of characters has more of them than a call takes arguments.
  const add = (deadlines: readonly Deadline[]) => {
    for (const deadline of deadlines) found.push(deadline);
  };
  const year = context.issueDate ? Number(context.issueDate.slice(0, 4)) : null;
  const said = year === null ? yearSaid(context) : null;
  for (const passage of notice.passages) {
    add(bracketedLimits(context, passage));
    const phase = sectionsAround(notice.sections, passage.start).some(
      ({ title }) => title && phaseHeading.test(textOf(flow, title)),
    );
    add(readRange(context, passage, { issueDate: context.issueDate, year: said, month: null }, phase));
  }
  for (const attachment of notice.attachments) {
    for (const paragraph of attachment.paragraphs) {
      add(readRange(context, paragraph, { issueDate: context.issueDate, year, month: null }, false));
    }
    for (const { table } of attachment.tables) {
      const listed = taskTableDeadlines(context, table);
      add(listed);
      if (listed.length > 0) continue;
      for (const cell of table.cells) {
        if (cell.end - cell.start < 12) continue;
        add(readRange(context, cell, { issueDate: context.issueDate, year, month: null }, false));
      }
    }
  }
  for (const table of notice.tables) add(taskTableDeadlines(context, table));
  for (const note of notice.notes)
    add(readRange(context, note, { issueDate: context.issueDate, year, month: null }, false));
  return withoutRepeats(found);
}

/** The year of a notice without a date: that of its number, else of its title, else of the latest document that it passes on or obeys. */
function yearSaid({ flow, notice }: NoticeContext): number | null {
  const number = notice.documentNumber && findDocumentNumbers(textOf(flow, notice.documentNumber))[0];
  if (number) return number.year;
  const titled = /(?<![\d—–-])(?<year>20\d{2})年(?![—–-])/u.exec(notice.title?.value ?? '')?.groups?.year;
  if (titled) return Number(titled);
  const opening = notice.passages.slice(0, 3).map((passage) => textOf(flow, passage).slice(0, 600));
  const cited = opening.flatMap((text) => findDocumentNumbers(text).map((found) => found.year));
  return cited.length > 0 ? Math.max(...cited) : null;
}

const bracketed =
  /[（(〔][^（()）〔〕]{0,200}?(?:完成|办结|整改|落实)?(?:时限|期限|完成时间)\s?[:：]\s?(?<limit>[^；;，,（()）〔〕]{2,30})[^（()）〔〕]{0,200}[）)〕]/gu;

/** 完成时限：2025年6月30日前 as a line beneath its task, or at the end of the line that says who. */
const limitLine =
  /(?:^|[；;]\s?)(?:(?:完成|整改|办理|办结)时间|(?:完成|整改|办理|办结)?(?:时限|期限))\s?[:：]\s?(?<limit>[^，,；;。]{2,24})[。；;]?$/gu;

/** （养老服务处牵头，4月25日前完成） */
const bracketedWith =
  /[（(〔][^（()）〔〕]{2,80}?(?:牵头|负责|落实|配合|承办)[，,；;、\s](?<limit>[^，,；;（()）〔〕]{2,16}前)(?:完成|落实|办结)[）)〕]/gu;

/** （责任单位：市住建局；完成时限：2023年6月30日）: the section is the task, the bracket says who and when. */
function bracketedLimits({ flow, notice, issueDate }: NoticeContext, passage: Passage): Deadline[] {
  const text = textOf(flow, passage);
  const lines = passage.section?.title && text.length <= 1_000 ? text.matchAll(limitLine) : [];
  return [...text.matchAll(bracketed), ...text.matchAll(bracketedWith), ...lines].flatMap((match): Deadline[] => {
    // 5月1日至6月30日: until the end of it.
    const limit = (match.groups?.limit ?? '').replace(/^.*[\d年月日]\s?(?:至|[—–~～-]{1,2})/u, '');
    const year = issueDate ? Number(issueDate.slice(0, 4)) : null;
    const [expression] = findDueExpressions(/[前内底]\s*$/u.test(limit) ? limit : `${limit}前`, {
      issueDate,
      year,
      month: null,
    });
    // 1.未按规定备案的； beneath （一）开展…检查: what is looked for is no task, what stands above it is.
    const own = passage.section?.title;
    const isTask = (span: Span) => !/的$/u.test(textOf(flow, span));
    const title =
      own && !isTask(own)
        ? (sectionsAround(notice.sections, passage.start)
            .flatMap((section) => section.title ?? [])
            .findLast(isTask) ?? own)
        : own;
    const before = text.slice(0, match.index);
    const words = title
      ? textOf(flow, title).replace(/[（(〔][^（()）〔〕]*[）)〕]?$/u, '')
      : before.slice(headingMarker(before)?.end ?? 0);
    if (!expression) return [];
    const at = { start: passage.start + match.index, end: passage.start + match.index + match[0].length };
    const named = responsibleUnits(
      match[0].replace(/[，,；;、\s][^，,；;、]{2,16}前(?:完成|落实|办结)(?=[）)〕]$)/u, ''),
    );
    const units = named.length > 0 ? named : sectionUnits(flow, passage.section);
    return [
      {
        task: withoutLayoutSpaces(words).replace(/[。；;，,]+$/u, ''),
        due: expression.due,
        time: expression.time,
        assumed: expression.assumed,
        responsible: units.length > 0 ? units.join('、') : null,
        recipient: null,
        evidence: [evidenceAt(flow, at, 0.9)],
      },
    ];
  });
}

function readRange(context: NoticeContext, range: Span, shared: DueContext, phase: boolean): Deadline[] {
  const { flow } = context;
  const found: Deadline[] = [];
  let responsible: string | null = null;
  let subject: string | null = null;
  for (const sentence of sentences(flow.text, range)) {
    const text = textOf(flow, sentence);
    subject = subjectOf(text) ?? subject;
    if (!/[前内止底末日旬]|每/u.test(text)) continue;
    const expressions = findDueExpressions(text, shared);
    const own: Deadline[] = [];
    const parts = clauses(text, expressions);
    for (const [index, clause] of parts.entries()) {
      const shared = sharedVerb(text, clause, parts[index + 1]);
      const result = readClause(context, sentence, text, clause, shared, phase, responsible ?? subject);
      own.push(...result.deadlines);
      responsible = result.responsible ?? responsible;
    }
    // （责任单位：市公安局） at the end of the paragraph: whose all is that nobody else is named for.
    const units = own.some((deadline) => deadline.responsible === null)
      ? responsibleUnits(flow.text.slice(range.start, range.end)).join('、')
      : '';
    // 每月20日前报送统计表，并于9月20日前将总结报省局: what is handed in in one sentence goes to one place.
    const to = own.findLast((deadline) => deadline.recipient !== null)?.recipient ?? null;
    found.push(
      ...own.map((deadline) => ({
        ...deadline,
        responsible: deadline.responsible ?? (units || null),
        recipient: deadline.recipient ?? (/报|送/u.test(deadline.task) ? to : null),
      })),
    );
  }
  return found;
}

function readClause(
  context: NoticeContext,
  sentence: Span,
  text: string,
  { expressions, before, after }: Clause,
  shared: string,
  phase: boolean,
  inherited: string | null,
): { deadlines: Deadline[]; responsible: string | null } {
  const { flow } = context;
  const words = `${text.slice(after.start, after.end).replace(/[，,、]$/u, '')}${shared}`;
  const lead = text.slice(before.start, before.end);
  // 我局于4月11日印发了…: told, not owed; 原于6月20日前报送的…: the limit that this notice takes back.
  if (/^[^，。；]{0,6}(?:印发|发布|下发|出台|转发|召开|启动|开展|部署|进行|收到|发生)了/u.test(words))
    return { deadlines: [], responsible: null };
  if (/^起(?!草)/u.test(words)) return { deadlines: [], responsible: null };
  // The bracket behind a task has been read by itself.
  if (/[（(〔][^（()）〔〕]*$/u.test(lead) && /^(?:完成|落实|办结)[）)〕]/u.test(words))
    return { deadlines: [], responsible: null };
  if (/原(?:定|计划|要求|拟)?(?:于|在)?\s?$/u.test(lead)) return { deadlines: [], responsible: null };
  const limiting = expressions.some((e) => e.limiting);
  const nothing = { deadlines: [], responsible: null };
  if (/(?:时限|期限|完成时间)\s?[:：]\s?$/u.test(lead)) return nothing;
  // 每季度末召开一次会议: how often, not by when.
  if (
    expressions.every(({ due, end }) => due.kind === 'recurring' && !/[前内日]\s?$/u.test(text.slice(0, end))) &&
    /^(?:至少|集中)?(?:召开|开展|组织|通报|会商)/u.test(words)
  )
    return nothing;
  const submits = /报(?![警名道废])|送|提交|反馈|发至|发送|交/u.test(words.slice(0, 40));
  // 各单位8月25日报送总结: a body beside the day and at once what it hands in.
  const named =
    /^(?:分别|统一|集中|前?将[^，。；]{2,30}|书面)*(?:报送|上报|提交|反馈)(?!了)/u.test(words) && !/[\d了]/u.test(lead);
  if (!limiting && !(submits && (/(?:于|在|请|应|须)\s?$/u.test(lead) || (named && responsibleBefore(lead) !== null))))
    return nothing;
  if (!duty.test(words) && !duty.test(lead.slice(-30))) return nothing;
  // 2023年7月1日前取得许可的企业: a description, not a duty.
  if (/^[^，。；报送完]{1,14}的[^，。；]/u.test(words) && !submits && !/完成|实现|达到|建立/u.test(words.slice(0, 12)))
    return nothing;
  // A rate to be reached by a date is a target (量化目标), not a duty to hand in.
  if (
    !submits &&
    (/(?:率|占比|比例|比重|(?<![全方层])面)[^，。；]{0,12}(?:达|不低于|不少于|\d)|(?:下降|增长|提高|压减)[^，。；]{0,6}\d/u.test(
      /^[，,]?[^，,；;]*/u.exec(words)?.[0] ?? '',
    ) ||
      /^[，,]?(?:全部|均|都|应|要|须)*(?:达到?|不低于|不少于|提[高升][到至])\s?\d/u.test(words))
  )
    return nothing;
  // Under 主要目标: by when a mechanism or a pattern takes shape is an aim that nobody can report as done.
  if (
    /^[，,]?(?:基本|初步|全面)*(?:形成|健全|构建)/u.test(words) &&
    sectionsAround(context.notice.sections, sentence.start).some((s) => s.title && /目标/u.test(textOf(flow, s.title)))
  )
    return nothing;
  // The range of a phase (2024年1月至3月底前) is the phase's, unless something is to be handed in.
  if (phase && !submits && /[（(][^）)]*$/u.test(lead)) return nothing;
  const printed = text.slice(0, before.end).slice(-8);
  if (/[至到—－~～-]\s?$/u.test(printed) && /\d|日|月/u.test(printed) && !submits) return nothing;
  if (
    /^.{0,4}(?:至|到|—|-|~|～)\s?(?:\d{1,4}\s?[年月日号.]|[次本当今明]年|年底|[一二三四五六七八九十]{1,2}月)/u.test(
      words,
    ) &&
    !submits
  )
    return nothing;

  const responsible =
    responsibleBefore(lead) ??
    responsibleAfter(words) ??
    entrustedIn(lead) ??
    (headless(lead) ? inherited : null) ??
    subjectOf(lead.slice(lead.search(/[^；;]*$/u))) ??
    subjectOf(text.slice(0, before.end)) ??
    obligedIn(lead);
  const recipient = recipientIn(words) ?? recipientIn(lead.slice(-40));
  const around = sectionsAround(context.notice.sections, sentence.start).at(-1)?.title;
  const tasks = distribute(words, lead, expressions.length, around ? textOf(flow, around) : '');
  const deadlines = expressions.map((expression, index): Deadline => {
    const start = sentence.start + expression.start;
    const end = sentence.start + Math.max(after.end, expression.end);
    return {
      task: tasks[index] ?? tasks[0] ?? '',
      due: expression.due,
      time: expression.time,
      assumed: expression.assumed,
      responsible: responsible ?? inherited,
      recipient,
      evidence: [
        evidenceAt(
          flow,
          { start: Math.min(start, sentence.start + after.start), end },
          expression.limiting ? 0.95 : 0.8,
        ),
      ],
    };
  });
  return { deadlines, responsible };
}

/** The same duty with the same limit printed twice is one deadline with two places. */
function withoutRepeats(deadlines: readonly Deadline[]): Deadline[] {
  const found = new Map<string, Deadline & { evidence: Deadline['evidence'][number][] }>();
  for (const deadline of deadlines) {
    const key = JSON.stringify([deadline.due, deadline.task, deadline.responsible]);
    const known = found.get(key);
    if (known) known.evidence.push(...deadline.evidence);
    else found.set(key, { ...deadline, evidence: [...deadline.evidence] });
  }
  return [...found.values()];
}
