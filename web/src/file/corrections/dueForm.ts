import type { Due } from '../../../../models/index.ts';
import { type Control, FormFault, type FormValues } from './formTypes.ts';

const kinds = { date: '某一天', recurring: '定期', relative: '自某时起', period: '一段时间内' } as const;
const frequencies = { weekly: '每周', monthly: '每月', quarterly: '每季度', 'half-yearly': '每半年', yearly: '每年' };
const anchors = { issue: '印发', receipt: '收到', publication: '公布', event: '事项发生' } as const;
const units = { day: '日', 'working-day': '工作日', month: '个月' } as const;

type Words<K extends string> = Readonly<Record<K, string>>;
const choicesOf = (words: Words<string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
const is = (kind: keyof typeof kinds) => (values: FormValues) => values.dueKind === kind;

/** The controls for when something is due. */
export const dueControls: readonly Control[] = [
  { name: 'dueKind', label: '期限', kind: 'choice', required: true, choices: choicesOf(kinds) },
  { name: 'date', label: '日期', kind: 'date', required: true, when: is('date') },
  {
    name: 'frequency',
    label: '频次',
    kind: 'choice',
    required: true,
    choices: choicesOf(frequencies),
    when: is('recurring'),
  },
  {
    name: 'month',
    label: '月',
    kind: 'number',
    hint: '每年的几月',
    when: (v) => is('recurring')(v) && v.frequency === 'yearly',
  },
  { name: 'day', label: '日', kind: 'number', hint: '每周填 1–7；月末填 -1', when: is('recurring') },
  { name: 'from', label: '起算', kind: 'choice', required: true, choices: choicesOf(anchors), when: is('relative') },
  { name: 'event', label: '事项', kind: 'text', when: (v) => is('relative')(v) && v.from === 'event' },
  { name: 'amount', label: '数量', kind: 'number', required: true, when: is('relative') },
  { name: 'unit', label: '单位', kind: 'choice', required: true, choices: choicesOf(units), when: is('relative') },
  { name: 'start', label: '开始', kind: 'date', when: is('period') },
  { name: 'end', label: '结束', kind: 'date', when: is('period') },
];

/** A due as what the controls show. */
export function dueToForm(due: Due): Readonly<Record<string, string | number | null>> {
  const { kind: dueKind, ...rest } = due;
  return { dueKind, ...rest };
}

const orNull = (text: string | undefined): string | null => text?.trim() || null;

function within(text: string | undefined, label: string, most: number, least: number): number | null {
  if (!text?.trim()) return null;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most || (value === 0 && least < 0)) {
    throw new FormFault(`${label}要是 ${least} 到 ${most} 的整数。`);
  }
  return value;
}

/** What was typed, as a due. The controls that are required have been looked at. */
export function dueFrom(values: FormValues): unknown {
  switch (values.dueKind) {
    case 'recurring': {
      const { frequency = 'monthly' } = values;
      const day = within(values.day, '日', frequency === 'weekly' ? 7 : 31, frequency === 'weekly' ? 1 : -1);
      const month = frequency === 'yearly' ? within(values.month, '月', 12, 1) : null;
      return { kind: 'recurring', frequency, day, month, rrule: rruleOf(frequency, day, month, values.rrule ?? '') };
    }
    case 'relative':
      return {
        kind: 'relative',
        from: values.from,
        event: values.from === 'event' ? orNull(values.event) : null,
        amount: within(values.amount, '数量', 9_999, 0) ?? 0,
        unit: values.unit,
        date: null,
      };
    case 'period':
      return { kind: 'period', start: orNull(values.start), end: orNull(values.end) };
    default:
      return { kind: 'date', date: values.date };
  }
}

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
/** The months of a report: after each quarter, after each half year. */
const months: Readonly<Record<string, string>> = { quarterly: '1,4,7,10', 'half-yearly': '1,7' };

/** The recurrence rule (RFC 5545). The months of a quarter stay those that were read: its first, or its last. */
function rruleOf(frequency: string, day: number | null, month: number | null, read: string): string {
  if (frequency === 'weekly') return `FREQ=WEEKLY${day === null ? '' : `;BYDAY=${weekdays[day - 1] ?? 'MO'}`}`;
  const byDay = day === null ? '' : `;BYMONTHDAY=${day}`;
  if (frequency === 'monthly') return `FREQ=MONTHLY${byDay}`;
  if (frequency === 'yearly') return `FREQ=YEARLY${month === null ? '' : `;BYMONTH=${month}`}${byDay}`;
  const usual = months[frequency] ?? '';
  const known = /BYMONTH=([\d,]+)/.exec(read)?.[1] ?? '';
  const isSame = known.split(',').length === usual.split(',').length;
  return `FREQ=MONTHLY;BYMONTH=${isSame ? known : usual}${byDay}`;
}
