import type {
  Attachment,
  Cumulation,
  Deadline,
  Frequency,
  GridPlace,
  Notice,
  Section,
  Table,
  TableAxis,
} from '../../models/index.ts';

const noteRule = /每(月|季度|季|周|半年|年)(?:末|初)?(?:的)?\s*(\d{1,2}|[一二三四五六日])\s*[日号]?(?:之)?前/;
const frequencies: Readonly<Record<string, Frequency>> = {
  月: 'monthly',
  季度: 'quarterly',
  季: 'quarterly',
  周: 'weekly',
  半年: 'half-yearly',
  年: 'yearly',
};
const rruleFrequency: Readonly<Record<Frequency, string>> = {
  weekly: 'FREQ=WEEKLY',
  monthly: 'FREQ=MONTHLY',
  quarterly: 'FREQ=MONTHLY;INTERVAL=3',
  'half-yearly': 'FREQ=MONTHLY;INTERVAL=6',
  yearly: 'FREQ=YEARLY',
};

/** 注：每月17日前报送… : the deadline that a note beneath the table states by itself. */
function deadlineOfNote(note: string): Deadline | null {
  const found = noteRule.exec(note.normalize('NFKC').replace(/\s+/g, ''));
  if (!found) return null;
  const frequency = frequencies[found[1]!]!;
  const weekday = '一二三四五六日'.indexOf(found[2]!);
  const day = weekday >= 0 ? weekday + 1 : Number(found[2]);
  const by =
    frequency === 'weekly' ? `BYDAY=${['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][day - 1]}` : `BYMONTHDAY=${day}`;
  return {
    task: note.replace(/^注[：:]\s*/, ''),
    due: { kind: 'recurring', frequency, day, month: null, rrule: `${rruleFrequency[frequency]};${by}` },
    time: null,
    assumed: [],
    responsible: null,
    recipient: null,
    evidence: [],
  };
}

const formNoun =
  /(统计表|报名表|登记表|汇总表|情况表|信息表|分工表|备案表|申报表|审批表|报告表|月报表|季报表|日报表|报表|台账|清单|名册|回执|.{2}表)$/;

/** The deadlines of a notice that concern one of its tables: those that name its attachment, its title or its kind, or else its own note. */
export function formDeadlines(
  notice: Notice,
  attachment: Attachment,
  table: Table,
  statistics: boolean,
): readonly Deadline[] {
  const fold = (text: string) => text.normalize('NFKC').replace(/[\s“”"《》]+/g, '');
  const titles = [attachment.title, table.title ?? ''].map(fold).filter((title) => title.length >= 4);
  const nouns = titles.flatMap((title) => formNoun.exec(title.replace(/\([^()]*\)$/, ''))?.[1] ?? []);
  const concerns = (deadline: Deadline) => {
    const task = fold(`${deadline.task}${deadline.evidence.map((e) => e.quote).join('')}`);
    const numbers = [...task.matchAll(/附件(\d+)/g)].map((match) => Number(match[1]));
    if (attachment.number !== null && numbers.length > 0) return numbers.includes(attachment.number);
    return (
      titles.some((title) => task.includes(title)) ||
      nouns.some((noun) => task.includes(noun)) ||
      (statistics && /统计数据|数据报送|报送数据|统计报表|工作情况表/.test(task))
    );
  };
  const due = notice.deadlines.filter((deadline) => deadline.due.kind !== 'period' && concerns(deadline));
  const recurring = due.filter((deadline) => deadline.due.kind === 'recurring');
  if (recurring.length > 0) return recurring.slice(0, 1);
  if (due.length > 0) return due;
  const own = table.notes.map(deadlineOfNote).find((deadline) => deadline !== null);
  return own ? [own] : [];
}

/** 0: what is reported is the period in which the deadline falls (当月); 1: the one before (上月); -1: not printed. */
export function periodOffset(deadlines: readonly Deadline[], notes: readonly string[]): number {
  const text = [...deadlines.flatMap((d) => [d.task, ...d.evidence.map((e) => e.quote)]), ...notes].join('\n');
  if (/上(一|个)?(月|季|周|旬|半年|年|期)|前一?个?(月|季|周)/.test(text)) return 1;
  if (/[当本](月|季|周|旬|期|年)/.test(text)) return 0;
  return -1;
}

/** 每月17日前, 2025年10月19日前: a deadline in words; null where it has none of its own (within a period). */
export function deadlineText(deadline: Deadline): string | null {
  const { due } = deadline;
  const time = deadline.time === null ? '' : deadline.time;
  if (due.kind === 'date') return `${dateText(due.date)}${time}前`;
  if (due.kind === 'recurring') {
    const day = due.day === null ? '' : due.day === -1 ? '最后一日' : `${due.day}日`;
    switch (due.frequency) {
      case 'weekly':
        return `每周${due.day === null ? '' : '一二三四五六日'[due.day - 1]}${time}前`;
      case 'monthly':
        return `每月${day}${time}前`;
      case 'quarterly':
        return day === '' ? '每季度' : `每季度${quarterMonth(due.rrule)}${day}${time}前`;
      case 'half-yearly':
        return day === '' ? '每半年' : `每半年${day}${time}前`;
      case 'yearly':
        return `每年${due.month === null ? '' : `${due.month}月`}${day}${time}前`;
    }
  }
  if (due.kind === 'relative' && due.date !== null) return `${dateText(due.date)}${time}前`;
  return null;
}

/** The month of a quarter that a rule names. */
function quarterMonth(rrule: string): string {
  const first = /BYMONTH=(\d+)/.exec(rrule)?.[1];
  return first === undefined ? '' : (['末月', '首月', '第二个月'][Number(first) % 3] ?? '');
}

/** 2025-06-17 → 2025年6月17日 */
export function dateText(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

const currentLabel = /^(本月|当月|本期|本季度?|当季度?|本周|当周|本旬)(数|数量|完成|新增|发生)?$/;
const cumulativeLabel =
  /^((本年|全年|年度|今年|年内|自?年初|行动|自行动开始|专项行动)?(以来)?累计(数|数量|完成|发生)?|年初至今|1-本月(累计)?|截至目前(累计)?)$/;

/** What the notice says of 累计: whether all figures are cumulative, since when, and which columns or rows pair 本月 with 累计. */
export function cumulation(
  notice: Notice,
  table: Table,
  rows: readonly TableAxis[],
  columns: readonly TableAxis[],
): Cumulation {
  const texts = [table.title ?? '', ...table.caption, ...table.notes];
  const labels = [...rows, ...columns].flatMap((axis) => axis.path);
  const inLabels = labels.some((label) => label.includes('累计'));
  const statement = texts.find((text) => text.includes('累计')) ?? null;
  // 报送当月情况 says that figures are not cumulative, whatever else is said of 累计.
  const ofPeriod = texts.some((text) => /[当本](月|季|周|期)/.test(text));
  const whole = statement !== null && !inLabels && !ofPeriod;
  const since = /自?\s*(20\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]/.exec(statement ?? '');
  const two = (value: string) => value.padStart(2, '0');
  const inBody = (sections: readonly Section[]): boolean =>
    sections.some((s) => /累计(报送|上报|统计|数据?|情况)|(为|按|填报)累计/.test(s.text) || inBody(s.children));

  const pairsOf = (axes: readonly TableAxis[]) => {
    const fold = (label: string) =>
      label
        .normalize('NFKC')
        .replace(/\s+/g, '')
        .replace(/\([^()]*\)$/, '');
    const keyed = (pattern: RegExp) =>
      new Map(
        axes.flatMap((axis, i) => {
          const path = axis.path.map(fold);
          const k = path.findIndex((label) => pattern.test(label));
          return k < 0 ? [] : [[path.with(k, '#').join('\u0000'), i] as const];
        }),
      );
    const cumulative = keyed(cumulativeLabel);
    return [...keyed(currentLabel)].flatMap(([key, current]) =>
      cumulative.has(key) ? [{ current, cumulative: cumulative.get(key)! }] : [],
    );
  };
  const place = (row: number, column: number): GridPlace => [table.headerRows + row, table.stubColumns + column];
  const pairs = [
    ...pairsOf(columns).flatMap((pair) =>
      rows.map((_, i) => ({ current: place(i, pair.current), cumulative: place(i, pair.cumulative) })),
    ),
    ...pairsOf(rows).flatMap((pair) =>
      columns.map((_, j) => ({ current: place(pair.current, j), cumulative: place(pair.cumulative, j) })),
    ),
  ];
  return {
    whole,
    yearToDate: whole || inLabels || statement !== null || inBody(notice.sections),
    since: since ? `${since[1]}-${two(since[2]!)}-${two(since[3]!)}` : null,
    pairs,
  };
}
