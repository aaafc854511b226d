import type { ChangeEffect, ChangeKind } from '../../models/comparison.ts';
import fields from './fields.json' with { type: 'json' };
import type { LabelledPair } from './labels.ts';
import { type Random, seededRandom } from './random.ts';

/**
 * A notice of an upper level and what a lower level made of it, with every edit known. Texts come from `fields.json`:
 * each behaviour stands there in two wordings of one meaning, written without regard to what any program folds.
 */
export interface Cascade {
  readonly upper: string;
  readonly lower: string;
  readonly labels: LabelledPair;
}

type Field = (typeof fields)[number];

interface Item {
  readonly text: string;
  readonly subject: string;
  readonly action: string | null;
  /** Words printed before the item that govern it, where there is no action: 应当, 鼓励. */
  readonly lead: string;
}

interface Block {
  readonly title: string;
  readonly items: Item[];
}

const watchingActions = ['关注', '适时检查', '了解'];
const middleActions = ['重点检查', '重点排查', '全面排查'];
const strongActions = ['严厉打击', '从严查处', '坚决打击'];

const sectionTitles = ['主体资质', '现场管理', '经营行为', '制度落实', '违法线索'];

function itemMark(item: Item): string {
  const printedAction = item.action ?? item.lead;
  return `${printedAction}[[${item.action ?? ''}@${item.subject}:${item.text}]]`;
}

function blockText(number: string, block: Block): string {
  const bySubject = new Map<string, Item[]>();
  for (const item of block.items) bySubject.set(item.subject, [...(bySubject.get(item.subject) ?? []), item]);
  const sentences = [...bySubject].map(([subject, items]) => `对${subject}，${items.map(itemMark).join('；')}。`);
  return `${number}${block.title}\n${sentences.join('\n')}`;
}

function listText(head: string, members: readonly string[], tail: string): string {
  return `${head}${members.join('、')}${tail}`;
}

interface Draft {
  readonly random: Random;
  readonly labels: LabelledPair['items'];
  readonly lower: Map<number, Item[]>;
}

function note(
  draft: Draft,
  change: ChangeKind,
  left: readonly string[],
  right: readonly string[],
  effects: readonly ChangeEffect[] = [],
): void {
  draft.labels.push({ change, left: [...left], right: [...right], effects: [...effects] });
}

function put(draft: Draft, section: number, ...items: Item[]): void {
  draft.lower.set(section, [...(draft.lower.get(section) ?? []), ...items]);
}

/** One behaviour with one of its edits, each as likely as offices make it. */
function editBehaviour(draft: Draft, section: number, sections: number, item: Item, other: string): void {
  const { random } = draft;
  const roll = random.next();
  const action = item.action ?? '';
  // 打击 and 重点检查 are exchanged without another meaning.
  const alike = [...middleActions, ...strongActions];
  const exchanged = alike.includes(action) && random.chance(0.3) ? random.pick(alike) : action;
  if (roll < 0.26) {
    put(draft, section, { ...item, action: exchanged });
    note(draft, 'kept', [item.text], [item.text]);
  } else if (roll < 0.52) {
    put(draft, section, { ...item, text: other, action: exchanged });
    note(draft, 'kept', [item.text], [other]);
  } else if (roll < 0.64) {
    note(draft, 'dropped', [item.text], []);
  } else if (roll < 0.74 && !watchingActions.includes(action)) {
    const text = random.chance(0.5) ? item.text : other;
    put(draft, section, { ...item, text, action: random.pick(watchingActions) });
    note(draft, 'modified', [item.text], [text], ['weakened']);
  } else if (roll < 0.82 && (action === '检查' || watchingActions.includes(action))) {
    const text = random.chance(0.5) ? item.text : other;
    put(draft, section, { ...item, text, action: random.pick(strongActions) });
    note(draft, 'modified', [item.text], [text], ['strengthened']);
  } else if (roll < 0.9) {
    const subject = `${random.pick(['规模以上', '农村地区', '新开办的', '列入重点名单的'])}${item.subject}`;
    put(draft, section, { ...item, subject });
    note(draft, 'modified', [item.text], [item.text], ['scope-narrowed']);
  } else {
    const to = (section + 1 + random.below(sections - 1)) % sections;
    put(draft, to, item);
    note(draft, 'kept', [item.text], [item.text], ['moved']);
  }
}

/** A list of members under one head, cut, drawn together, reordered, shortened or lengthened. */
function editList(draft: Draft, section: number, base: Omit<Item, 'text'>, list: Field['lists'][number]): Item[] {
  const { random } = draft;
  const { head, members, tail } = list;
  const whole = (chosen: readonly string[]): Item => ({ ...base, text: listText(head, chosen, tail) });
  const one = (member: string): Item => whole([member]);
  const kind = random.pick(['reordered', 'split', 'merged', 'shortened', 'lengthened'] as const);
  const [first, second, third] = members as [string, string, string];
  if (kind === 'merged') {
    put(draft, section, whole([first, second]));
    note(draft, 'modified', [one(first).text, one(second).text], [whole([first, second]).text], ['merged']);
    return [one(first), one(second)];
  }
  if (kind === 'split') {
    put(draft, section, one(first), one(second));
    note(draft, 'modified', [whole([first, second]).text], [one(first).text, one(second).text], ['split']);
    return [whole([first, second])];
  }
  const upper = kind === 'lengthened' ? whole([first, second]) : whole([first, second, third]);
  const lower =
    kind === 'reordered'
      ? whole([third, first, second])
      : kind === 'shortened'
        ? whole([first, third])
        : whole([first, second, third]);
  put(draft, section, lower);
  if (kind === 'reordered') note(draft, 'kept', [upper.text], [lower.text]);
  else note(draft, 'modified', [upper.text], [lower.text], [kind === 'shortened' ? 'scope-narrowed' : 'scope-widened']);
  return [upper];
}

function editDuty(draft: Draft, section: number, subject: string, duty: string): Item {
  const { random } = draft;
  const item: Item = { text: duty, subject, action: null, lead: random.pick(['应当', '必须', '要']) };
  const roll = random.next();
  if (roll < 0.45) {
    put(draft, section, { ...item, lead: random.pick(['鼓励', '可以', '原则上', '有条件的可以']) });
    note(draft, 'modified', [duty], [duty], ['weakened']);
  } else if (roll < 0.75) {
    put(draft, section, { ...item, lead: random.pick(['应当', '必须', '须', '要']) });
    note(draft, 'kept', [duty], [duty]);
  } else if (roll < 0.9) {
    put(draft, section, { ...item, lead: '一律' });
    note(draft, 'modified', [duty], [duty], ['strengthened']);
  } else note(draft, 'dropped', [duty], []);
  return item;
}

interface Dates {
  readonly upper: string[];
  readonly lower: string[];
  readonly labels: LabelledPair['deadlines'];
}

const printDate = (iso: string) => {
  const [y, m, d] = iso.split('-').map(Number) as [number, number, number];
  return `${y}年${m}月${d}日`;
};
const shift = (iso: string, days: number) =>
  new Date(Date.parse(`${iso}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

function editDeadlines(random: Random, year: number): Dates {
  const upper: string[] = [];
  const lower: string[] = [];
  const labels: LabelledPair['deadlines'] = [];
  const month = 2 + random.below(3);
  const iso = (m: number, d: number) => `${year}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
  const dated = [
    { tasks: ['报送实施方案和联络员名单', '报送工作方案及联络员名单'], date: iso(month, 10 + random.below(15)) },
    { tasks: ['报送阶段性工作情况', '上报阶段性工作情况'], date: iso(month + 4, 10 + random.below(15)) },
    { tasks: ['报送专项行动工作总结', '报送工作总结'], date: iso(month + 8, 5 + random.below(20)) },
  ];
  for (const { tasks, date } of dated) {
    upper.push(`[[due ${date}|${tasks[0]}|各地|上级机关::于${printDate(date)}前${tasks[0]}]]`);
    const roll = random.next();
    if (roll < 0.12) labels.push({ change: 'dropped', left: date, right: null });
    else {
      const days = roll < 0.3 ? 0 : roll < 0.8 ? -(1 + random.below(9)) : 1 + random.below(6);
      const to = shift(date, days);
      lower.push(`[[due ${to}|${tasks[1]}|各单位|县局::${printDate(to)}前${tasks[1]}]]`);
      labels.push({ change: days === 0 ? 'kept' : 'modified', left: date, right: to });
    }
  }
  const day = 15 + random.below(12);
  const frequency = random.pick(['monthly', 'quarterly'] as const);
  const printed = frequency === 'monthly' ? '每月' : '每季度末月';
  upper.push(
    `[[due ${frequency}/${day}|报送工作进展情况和统计表|各地|上级机关::${printed}${day}日前报送工作进展情况和统计表]]`,
  );
  const lowerDay = random.chance(0.3) ? day : day - 1 - random.below(6);
  lower.push(
    `[[due ${frequency}/${lowerDay}|上报进展情况及统计表|各单位|县局::${printed}${lowerDay}日前上报进展情况及统计表]]`,
  );
  labels.push({
    change: lowerDay === day ? 'kept' : 'modified',
    left: `${frequency}/${day}`,
    right: `${frequency}/${lowerDay}`,
  });
  if (random.chance(0.4)) {
    const own = iso(month + 2, 3 + random.below(20));
    lower.push(`[[due ${own}|推荐先进单位和个人|各单位|县局::${printDate(own)}前推荐先进单位和个人]]`);
    labels.push({ change: 'added', left: null, right: own });
  }
  return { upper, lower, labels };
}

interface TableEdit {
  readonly upper: string;
  readonly lower: string;
  readonly labels: NonNullable<LabelledPair['tables']>;
}

const labelOf = (path: readonly string[], unit: string) => `${path.join('/')}${unit === '' ? '' : `（${unit}）`}`;

function editTable(random: Random, field: Field, subjects: readonly string[], excluded: string | null): TableEdit {
  const columns: NonNullable<LabelledPair['tables']['columns']> = [];
  const upperColumns: string[] = [];
  const lowerColumns: string[] = [];
  const oneLabel = (label: string) => label.replaceAll('/', '／');
  // The excluded subject keeps a column of its own: that is where its mark stands.
  const cut = random.below(excluded === null ? subjects.length - 1 : subjects.length - 2);
  const how = random.pick(['split', 'merged', 'none'] as const);
  subjects.forEach((subject, at) => {
    const joined = `${subjects[cut]}/${subjects[cut + 1]}`;
    if (how !== 'none' && (at === cut || at === cut + 1)) {
      if (how === 'split') {
        if (at === cut) upperColumns.push(oneLabel(joined));
        lowerColumns.push(oneLabel(subject));
        columns.push({ change: 'modified', left: [joined], right: [subject] });
      } else {
        upperColumns.push(oneLabel(subject));
        if (at === cut) lowerColumns.push(oneLabel(joined));
        columns.push({ change: 'modified', left: [subject], right: [joined] });
      }
      return;
    }
    upperColumns.push(subject);
    const roll = random.next();
    if (subject !== excluded && roll < 0.12) columns.push({ change: 'dropped', left: [subject], right: null });
    else if (subject !== excluded && roll < 0.3) {
      const renamed = subject.endsWith('企业') ? subject.replace(/企业$/, '单位') : `各类${subject}`;
      lowerColumns.push(renamed);
      columns.push({ change: 'modified', left: [subject], right: [renamed] });
    } else {
      lowerColumns.push(subject);
      columns.push({ change: 'kept', left: [subject], right: [subject] });
    }
  });
  if (random.chance(0.5)) {
    lowerColumns.push('其他单位');
    columns.push({ change: 'added', left: null, right: ['其他单位'] });
  }
  const rows: NonNullable<LabelledPair['tables']['rows']> = [];
  const upperRows: string[] = [];
  const lowerRows: string[] = [];
  for (const [label, unit] of field.rows as [string, string][]) {
    const path = label.split('/');
    upperRows.push(labelOf(path, unit));
    const roll = random.next();
    const leaf = path.at(-1)!;
    if (roll < 0.1) rows.push({ change: 'dropped', left: path, right: null });
    else if (roll < 0.25 && leaf.endsWith('数')) {
      const renamed = [...path.slice(0, -1), `${leaf}量`];
      lowerRows.push(labelOf(renamed, unit));
      rows.push({ change: 'modified', left: path, right: renamed });
    } else if (roll < 0.4 && unit === '万元') {
      lowerRows.push(labelOf(path, '元'));
      rows.push({ change: 'modified', left: path, right: path });
    } else {
      lowerRows.push(labelOf(path, unit));
      rows.push({ change: 'kept', left: path, right: path });
    }
  }
  if (random.chance(0.4)) {
    lowerRows.push('曝光典型案例（起）');
    rows.push({ change: 'added', left: null, right: ['曝光典型案例'] });
  }
  const table = (title: string, c: readonly string[], r: readonly string[], na: string) =>
    `[[table ${title}\n列：${c.join('｜')}\n行：${r.join('｜')}\n${na}]]`;
  const applies = excluded !== null && lowerColumns.includes(excluded);
  return {
    upper: table(`${field.campaign}统计表`, upperColumns, upperRows, ''),
    lower: table(`${field.campaign}工作统计表`, lowerColumns, lowerRows, applies ? `不适用：${excluded}\n` : ''),
    labels: { columns, rows },
  };
}

/** Everything one cascade needs, from its seed alone. */
export function generateCascade(seed: number): Cascade {
  const random = seededRandom(seed);
  const field = random.pick(fields);
  const year = 2021 + random.below(5);
  const subjects = random.shuffle(field.subjects);
  const behaviours = random.shuffle(field.behaviours as [string, string][]);
  const sections = 3;
  const titles = random.shuffle(sectionTitles).slice(0, sections);
  const blocks: Block[] = titles.map((title) => ({ title, items: [] }));
  const draft: Draft = { random, labels: [], lower: new Map() };
  const excluded = random.chance(0.35) ? subjects[4]! : null;
  const used = behaviours.slice(0, 10);
  used.forEach(([first, second], at) => {
    const section = at % sections;
    const isExcluded = excluded !== null && at >= 8;
    const subject = isExcluded ? excluded : subjects[at % 4]!;
    const action = random.pick([
      ...middleActions,
      ...middleActions,
      ...strongActions,
      '检查',
      '检查',
      ...watchingActions,
    ]);
    const [text, other] = random.chance(0.5) ? [first, second] : [second, first];
    const item: Item = { text, subject, action, lead: '' };
    blocks[section]!.items.push(item);
    if (isExcluded) note(draft, 'dropped', [text], [], ['out-of-remit']);
    else editBehaviour(draft, section, sections, item, other);
  });
  for (const list of random.shuffle(field.lists).slice(0, 1 + random.below(2))) {
    const section = random.below(sections);
    const base = { subject: subjects[random.below(4)]!, action: random.pick(middleActions), lead: '' };
    blocks[section]!.items.push(...editList(draft, section, base, list));
  }
  const figure = random.pick(field.figures);
  {
    const section = random.below(sections);
    const item: Item = {
      text: figure.text.replace('{n}', figure.from),
      subject: subjects[0]!,
      action: '检查',
      lead: '',
    };
    const changed = { ...item, text: figure.text.replace('{n}', figure.to) };
    blocks[section]!.items.push(item);
    put(draft, section, changed);
    const effects: ChangeEffect[] = ['number-changed'];
    if (figure.effect !== null) effects.push(figure.effect as ChangeEffect);
    note(draft, 'modified', [item.text], [changed.text], effects);
  }
  const duties = random.shuffle(field.duties).slice(0, 2);
  for (const duty of duties) {
    const section = random.below(sections);
    blocks[section]!.items.push(editDuty(draft, section, subjects[random.below(4)]!, duty));
  }
  for (const [first] of behaviours.slice(10, 10 + 1 + random.below(3))) {
    const section = random.below(sections);
    put(draft, section, {
      text: first,
      subject: subjects[random.below(4)]!,
      action: random.pick(middleActions),
      lead: '',
    });
    note(draft, 'added', [], [first]);
  }
  const dates = editDeadlines(random, year);
  const table = editTable(random, field, subjects, excluded);
  const goal = 80 + random.below(20);
  const lowerGoal = random.chance(0.4) ? goal : goal + (random.chance(0.5) ? -5 : 5);
  const targetMark = (value: number) => `[[target 监督检查覆盖率 >= ${value} %::监督检查覆盖率不低于${value}%]]`;
  const numerals = ['一', '二', '三', '四', '五'];
  const header = (body: string, number: string, level: string, region: string, verb: string) =>
    `机关：${body}\n文号：${number}\n层级：${level}\n区划：${region}\n标题：${body}关于${verb}${field.campaign}行动的通知\n主送：各有关单位\n日期：${year}年2月1日\n行动：${field.campaign}行动`;
  const compose = (
    head: string,
    parts: readonly Block[],
    due: readonly string[],
    goalMark: string,
    tableMark: string,
  ) =>
    [
      head,
      '',
      `为深入推进${field.name}监管，现就开展${field.campaign}行动通知如下。`,
      ...parts.map((block, at) => blockText(`${numerals[at]}、`, block)),
      `${numerals[parts.length]}、工作要求`,
      `各单位${goalMark}。${due.join('，')}。`,
      tableMark,
    ].join('\n');
  const lowerBlocks = blocks
    .map((block, at) => ({ title: block.title, items: random.shuffle(draft.lower.get(at) ?? []) }))
    .filter((block) => block.items.length > 0);
  return {
    upper: compose(
      header(
        `青原省${field.bureau}厅`,
        `青原发〔${year}〕${1 + random.below(80)}号`,
        'provincial',
        '980000 青原省',
        '组织开展',
      ),
      blocks,
      dates.upper,
      targetMark(goal),
      table.upper,
    ),
    lower: compose(
      header(`云浦县${field.bureau}局`, `云发〔${year}〕${1 + random.below(80)}号`, 'county', '980521 云浦县', '开展'),
      lowerBlocks,
      dates.lower,
      targetMark(lowerGoal),
      table.lower,
    ),
    labels: {
      left: `${seed}.upper`,
      right: `${seed}.lower`,
      items: draft.labels,
      deadlines: dates.labels,
      targets: [
        {
          change: goal === lowerGoal ? 'kept' : 'modified',
          left: [`监督检查覆盖率不低于${goal}%`],
          right: [`监督检查覆盖率不低于${lowerGoal}%`],
          effects: [],
        },
      ],
      tables: table.labels,
    },
  };
}
