import { type Deadline, evidenceAt, type Passage, type Span } from '../models/index.ts';
import { headingMarker } from '../models/text/markers.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import { type NoticeContext, sentences, textOf } from './context.ts';
import {
  body,
  headless,
  modal,
  organisation,
  recipientIn,
  responsibleAfter,
  responsibleBefore,
  subjectOf,
} from './deadlineParties.ts';
import { type DueContext, type DueExpression, findDueExpressions } from './dueExpressions.ts';
import { responsibleUnits } from './sections.ts';
import { splitTopLevel } from './splitList.ts';
import { taskTableDeadlines } from './taskTables.ts';

/** Words of duty: what has a limit is something that somebody must do. */
const duty =
  /报送|上报|报告|呈报|填报|汇报|反馈|提交|报至|报给|报到|报[^警考名]|送达|送[至交到]|交[至到回]|发送|发至|寄送|邮寄|抄送|录入|上传|备案|完成|达到|实现|建立|配备|配齐|整改|制定|印发|部署|启动|开展|组织|召开|公布|公示|发布|公开|总结|汇总|落实|清零|消除|关闭|停产|退出|安装|配置|签订|核查|排查|检查|申报|申请|缴纳|拨付|报名|推荐|确定|明确|做好|结束|形成|出台|编制|修订|更新|登记|处置|办结|移交|答复|回复|审核|验收|评估|培训|宣传|覆盖|参加|投入|建成|转移|撤离|到位|悬挂|张贴|设立|发放|清理|补齐|办理|提请|约谈|交/u;
const phaseHeading = /阶段|步骤|时间安排|动员部署|组织实施/u;
interface Clause {
  readonly expressions: readonly DueExpression[];
  readonly before: Span;
  readonly after: Span;
}

/** Every deadline of the notice: in the body, in the words and the cells of its attachments, in notes beneath tables. */
export function extractDeadlines(context: NoticeContext): Deadline[] {
  const { flow, notice } = context;
  const found: Deadline[] = [];
  // Not spread into push: a text of millions of characters has more of them than a call takes arguments.
  const add = (deadlines: readonly Deadline[]) => {
    for (const deadline of deadlines) found.push(deadline);
  };
  const year = context.issueDate ? Number(context.issueDate.slice(0, 4)) : null;
  for (const passage of notice.passages) {
    add(bracketedLimits(context, passage));
    const phase = passage.section?.title ? phaseHeading.test(textOf(flow, passage.section.title)) : false;
    add(readRange(context, passage, { issueDate: context.issueDate, year: null, month: null }, phase));
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

const bracketed =
  /[（(〔][^（()）〔〕]{0,200}?(?:完成|办结|整改|落实)?(?:时限|期限|完成时间)\s?[:：]\s?(?<limit>[^；;，,（()）〔〕]{2,30})[^（()）〔〕]{0,200}[）)〕]/gu;

/** （养老服务处牵头，4月25日前完成） */
const bracketedWith =
  /[（(〔][^（()）〔〕]{2,80}?(?:牵头|负责|落实|配合|承办)[，,；;、\s](?<limit>[^，,；;（()）〔〕]{2,16}前)(?:完成|落实|办结)[）)〕]/gu;

/** （责任单位：市住建局；完成时限：2023年6月30日）: the section is the task, the bracket says who and when. */
function bracketedLimits({ flow, issueDate }: NoticeContext, passage: Passage): Deadline[] {
  const text = textOf(flow, passage);
  return [...text.matchAll(bracketed), ...text.matchAll(bracketedWith)].flatMap((match): Deadline[] => {
    const limit = match.groups?.limit ?? '';
    const year = issueDate ? Number(issueDate.slice(0, 4)) : null;
    const [expression] = findDueExpressions(/[前内底]\s*$/u.test(limit) ? limit : `${limit}前`, {
      issueDate,
      year,
      month: null,
    });
    const title = passage.section?.title;
    const before = text.slice(0, match.index);
    const words = title
      ? textOf(flow, title).replace(/[（(〔][^（()）〔〕]*[）)〕]?$/u, '')
      : before.slice(headingMarker(before)?.end ?? 0);
    if (!expression) return [];
    const at = { start: passage.start + match.index, end: passage.start + match.index + match[0].length };
    const units = responsibleUnits(
      match[0].replace(/[，,；;、\s][^，,；;、]{2,16}前(?:完成|落实|办结)(?=[）)〕]$)/u, ''),
    );
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
    if (!/[前内止底末日]|每/u.test(text)) continue;
    const expressions = findDueExpressions(text, shared);
    const own: Deadline[] = [];
    const parts = clauses(text, expressions);
    for (const [index, clause] of parts.entries()) {
      const shared = sharedVerb(text, clause, parts[index + 1]);
      const result = readClause(context, sentence, text, clause, shared, phase, responsible ?? subject);
      own.push(...result.deadlines);
      responsible = result.responsible ?? responsible;
    }
    // 每月20日前报送统计表，并于9月20日前将总结报省局: what is handed in in one sentence goes to one place.
    const to = own.findLast((deadline) => deadline.recipient !== null)?.recipient ?? null;
    found.push(
      ...own.map((deadline) =>
        deadline.recipient === null && /报|送/u.test(deadline.task) ? { ...deadline, recipient: to } : deadline,
      ),
    );
  }
  return found;
}

const handsIn =
  /(?:(?:分别|一并|统一|以[^，。；]{2,12}形式|书面)*(?:报送|上报|呈报|报告|报至|报给|报备|报(?=[^告名警])|送至|送交|提交|反馈|发送|发至|函告))[^，。；]*/u;

/** 3月29日前将方案，9月20日前将总结报送市局; 方案请于3月29日前、总结请于9月20日前报送市局: the verb that a limit shares with the next. */
function sharedVerb(text: string, clause: Clause, next: Clause | undefined): string {
  const words = text.slice(clause.after.start, clause.after.end);
  if (!next || handsIn.test(words) || !/^[，,、]?(?:将[^，。；]{2,60}|把[^，。；]{2,60})?[，,、]?$/u.test(words))
    return '';
  if (/[。；;]/u.test(text.slice(clause.after.start, next.after.start))) return '';
  const following = text.slice(next.after.start, next.after.end);
  // The next may itself share the verb of the one behind it.
  const verb = handsIn.exec(following) ?? handsIn.exec(text.slice(next.after.end).split(/[。；;]/u)[0] ?? '');
  return /^[^、]*/u.exec(verb?.[0] ?? '')?.[0] ?? '';
}

/** Groups time limits that stand in a row and gives each group the words before and after it. */
function clauses(text: string, expressions: readonly DueExpression[]): Clause[] {
  const groups: DueExpression[][] = [];
  for (const expression of expressions) {
    const last = groups.at(-1)?.at(-1);
    // 12月底前，11月底前核实的问题全部办结: the second date tells which ones.
    if (
      last &&
      /^[，,]\s?$/u.test(text.slice(last.end, expression.start)) &&
      /^[\u4e00-\u9fa5]{2,8}的/u.test(text.slice(expression.end, expression.end + 10))
    )
      continue;
    if (last && /^\s?(?:[、，,]|和|及|以及|与)?\s?(?:分别)?(?:于|在)?$/u.test(text.slice(last.end, expression.start)))
      groups.at(-1)?.push(expression);
    else groups.push([expression]);
  }
  let from = 0;
  return groups.map((group, index) => {
    const start = (group[0] as DueExpression).start;
    const end = (group.at(-1) as DueExpression).end;
    const next = groups[index + 1]?.[0]?.start ?? text.length;
    const after = afterSpan(text, end, next);
    const before = { start: from, end: start };
    from = after.end;
    return { expressions: group, before, after };
  });
}

/** The words of the duty: up to the next stop, semicolon or time limit, not into a new thought. */
function afterSpan(text: string, from: number, limit: number): Span {
  // 半年总结请于7月10日前、年度总结请于…: what stands before the next limit is the next one's.
  if (
    limit < text.length &&
    /^[、，,][^，,。；;、]{2,20}(?:请|应|须|要)?(?:于|在)\s?$/u.test(text.slice(from, limit)) &&
    !handsIn.test(text.slice(from, limit))
  )
    return { start: from, end: from };
  let end = from;
  let length = 0;
  for (const piece of splitTopLevel(text.slice(from, limit), /[，,；;。！？]/gu)) {
    const words = text.slice(from + piece.start, from + piece.end);
    const separator = text.slice(end, from + piece.start);
    if (length > 0 && /[；;。！？]/u.test(separator)) break;
    if (length > 0 && /^(?:联\s?系\s?人|联络员|联系电话|联系方式|电话|传真|邮箱|电子邮箱|逾期)/u.test(words)) break;
    if (
      length >= 12 &&
      /^(?:并(?!于|在|将|报)|同时|逾期|联系|电话|确保|努力|不得|对|如|若|其中|否则|做到|切实|有关|具体|协助|各)/u.test(
        words,
      )
    )
      break;
    if (length >= 60) break;
    // What is handed in is said: another thought does not belong to it.
    if (
      length >= 4 &&
      handsIn.test(text.slice(from, end)) &&
      !/^(?:并|同时(?=[报将发抄])|以及|报|抄|电子|纸质|加盖|由|含|统一|一式|邮箱)/u.test(words)
    )
      break;
    // What belongs to the next limit: its subject, 请于.
    if (
      from + piece.end >= limit - 1 &&
      limit < text.length &&
      (organisation.test(words.replace(modal, '')) || modal.test(words)) &&
      length > 0
    )
      break;
    end = from + piece.end;
    length += words.length;
  }
  return { start: from, end: Math.max(end, from) };
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
  const submits = /报|送|提交|反馈|发至|发送|交/u.test(words.slice(0, 40));
  if (!limiting && !(submits && /(?:于|在|请|应|须)\s?$/u.test(lead))) return nothing;
  if (!duty.test(words) && !duty.test(lead.slice(-30))) return nothing;
  // 2023年7月1日前取得许可的企业: a description, not a duty.
  if (/^[^，。；报送完]{1,14}的[^，。；]/u.test(words) && !submits && !/完成|实现|达到|建立/u.test(words.slice(0, 12)))
    return nothing;
  // A rate to be reached by a date is a target (量化目标), not a duty to hand in.
  if (
    !submits &&
    /(?:率|占比|比例|比重|面)[^，。；]{0,12}(?:达|不低于|不少于|\d)|(?:下降|增长|提高|压减)[^，。；]{0,6}\d/u.test(
      /^[，,]?[^，,；;]*/u.exec(words)?.[0] ?? '',
    )
  )
    return nothing;
  // The range of a phase (2024年1月至3月底前) is the phase's, unless something is to be handed in.
  if (phase && !submits && /[（(][^）)]*$/u.test(lead)) return nothing;
  if (/[至到—－~～-]\s?$/u.test(lead) && /\d|日|月/u.test(lead.slice(-6)) && !submits) return nothing;
  if (/^.{0,4}(?:至|到|—|-|~|～)\s?(?:\d|[次本当今明]年|年底|[一二三四五六七八九十]{1,2}月)/u.test(words) && !submits)
    return nothing;

  const responsible =
    responsibleBefore(lead) ??
    responsibleAfter(words) ??
    (headless(lead) ? inherited : null) ??
    subjectOf(text.slice(0, before.end));
  const recipient = recipientIn(words) ?? recipientIn(lead.slice(-40));
  const tasks = distribute(words, lead, expressions.length);
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

/** The task of each of several dates: 分别 gives each its own where the objects are as many, else all share it. */
function distribute(words: string, lead: string, count: number): string[] {
  const clean = (task: string) =>
    withoutLayoutSpaces(
      task
        .replace(/^(?:注|备注|说明)\s?[:：]?/u, '')
        .replace(/[:：]?\s?[A-Za-z0-9][\w.-]*@.*$/u, '')
        .replace(/[（(](?!附|详见|见)[^（()）]{8,}[）)]/gu, '')
        .replace(/^[，,、\s]*(?:分别|各|统一|及时|一并|将|把|请)*/u, '')
        .replace(/^[，,、]*/u, '')
        .replace(new RegExp(`^向${body}(?=报|提|反)`, 'u'), ''),
    ).replace(/[，,；;。]+$/u, '');
  const whole = clean(words);
  if (count > 1) {
    const objects =
      /(?:将|把|报送|上报|提交)(?<objects>[^，。；]{4,120}?)(?:报送|上报|报至|报给|报|发送|送|提交|反馈|$)/u.exec(
        words.replace(/^分别/u, ''),
      )?.groups?.objects;
    if (objects) {
      const parts = splitTopLevel(objects, /、|，|以及|和|及/gu).map(({ start, end }) => objects.slice(start, end));
      // 分别于3月20日、9月20日前将A、B报送: each date its own. 于3月18日、6月18日前分别报送A、B: both each time, unless A and B
      // say themselves which time they are of.
      const each =
        /分别/u.test(lead.slice(-12)) ||
        (/阶段|小结|半年|中期|启动|部署/u.test(parts[0] ?? '') && /总结|全年|年度|终期/u.test(parts.at(-1) ?? '')) ||
        parts.every((part) => /半年|季度|全年|年度|年中|阶段|启动|部署|中期|终期/u.test(part));
      const kind =
        /(?:工作|监管|检查|整治|进展)*(?:总结|情况|报告|报表|小结)[^和及、]*$/u.exec(parts.at(-1) ?? '')?.[0] ?? '';
      const whole = parts.map((part) =>
        /^(?:半年|全年|(?:上一|本|上)?年度|阶段性?|季度|上半年|下半年)$/u.test(part) ? part + kind : part,
      );
      if (whole.length === count && whole.every((part) => part.length >= 4) && each)
        return whole.map(withoutLayoutSpaces);
    }
  }
  // 名单3月5日前报我局: the verb alone says nothing of what is owed.
  const bare =
    /^(?:报|上报|报送|函报|发送|交|送|提交|抄送)(?:至|给|到|送)?(?!.{0,12}(?:数据|总结|报告|表|情况|结果|材料|方案|名单|台账|信息|清单|计划))/u.test(
      whole,
    );
  // …逐条核查，8月20日前完成: what is to be done stands before.
  const closing = /^(?:完成|办结|落实到位|整改到位|销号)(?=[，,；;。]|$)/u.exec(whole)?.[0];
  if (whole.length >= 10 && !bare && !closing) return [whole];
  // 统计数据……每月5日前发送到邮箱: what is to be sent stands before the limit.
  const before = lead
    .replace(/^(?:注|备注|说明)\s?[:：]\s?(?:\d\s?[.．、])?/u, '')
    .replace(modal, '')
    .replace(/[，,；;：:\s]+$/u, '')
    .replace(/^[、，,；;]+/u, '')
    // 报送的排查情况调整为9月20日前: the limit is new, the thing is the same.
    .replace(/^.*原[^，。；]{0,30}的(?=[^的]{2,24}(?:调整|变更|改|推迟|延期|延长|顺延|提前)(?:为|至|到)$)/u, '')
    .replace(/(?:调整|变更|改|推迟|延期|延长|顺延|提前)(?:为|至|到)$/u, '');
  const pieces = splitTopLevel(before, /[。；;]/gu);
  const last = pieces.at(-1);
  const sentence = last ? before.slice(last.start, last.end) : '';
  const parts = splitTopLevel(sentence, /[，,]/gu)
    .map(({ start, end }) => sentence.slice(start, end))
    .slice(-3)
    .reverse()
    .filter((part) => !/每[一两二三四]?[周月季旬日年]/u.test(part));
  const short = parts[0] ?? '';
  // The thing to be handed in, else the nearest words that are no mere manner (经…审核后, 按照…要求).
  if (closing && short.length >= 4) return [withoutLayoutSpaces(`${short}${closing}`)];
  const named =
    parts.find(
      (part) =>
        /数据|总结|报告|表|情况|结果|材料|方案|名单|台账|信息|清单|计划|名录/u.test(part) &&
        !/^(?:经|按|根据)/u.test(part),
    ) ??
    parts.find((part) => !/^(?:经|按|根据|并|对)/u.test(part) && part.length <= 16) ??
    (whole ? '' : short);
  return [
    withoutLayoutSpaces(
      `${organisation.test(named) && !/数据|总结|报告|方案|表$/u.test(named) ? '' : named}${whole}`,
    ) ||
      whole ||
      withoutLayoutSpaces(short),
  ];
}

/** The same duty with the same limit printed twice is one deadline with two places. */
function withoutRepeats(deadlines: readonly Deadline[]): Deadline[] {
  const found = new Map<string, Deadline & { evidence: Deadline['evidence'][number][] }>();
  for (const deadline of deadlines) {
    const key = JSON.stringify([deadline.due, deadline.task]);
    const known = found.get(key);
    if (known) known.evidence.push(...deadline.evidence);
    else found.set(key, { ...deadline, evidence: [...deadline.evidence] });
  }
  return [...found.values()];
}
