import { type Contact, evidenceAt, type Span } from '../models/index.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import {
  dutyRoom,
  email,
  fullName,
  handedTo,
  hotline,
  inColumns,
  label,
  nameAndUnit,
  nameBefore,
  notAPerson,
  officeBefore,
  officePhone,
  phone,
  reachedAt,
  shortNumber,
  tidyPhone,
  unitAndName,
  unitAndPerson,
  unitBehind,
  unitEnding,
  unitsPersons,
} from './contactWords.ts';
import { inPieces, type NoticeContext, textOf } from './context.ts';

/** A piece of a contact line. */
interface Token extends Span {
  readonly kind: 'name' | 'unit' | 'phone' | 'email' | 'fax';
  readonly value: string;
}

/**
 * Who is to be called: persons with their unit, telephone, fax and e-mail in all the usual shapes — labelled lines one below the
 * other, in one line, in brackets, name and number side by side, several persons with their numbers in the same order.
 */
export function extractContacts(context: NoticeContext): Contact[] {
  const contacts: Contact[] = [];
  for (const zone of contactZones(context)) contacts.push(...readZone(context, zone));
  return unique(contacts);
}

const mentions =
  /联\s?系\s?人|联\s?络\s?[人员]|联系电话|电\s?话\s?[:：]|手\s?机\s?[:：]|邮\s?箱\s?[:：]|经办人|传\s?真\s?[:：]|联系方式|值班室[（(]\d|[（(，,、]电话\d|(?<!\d)0\d{2,3}[-—－–]\d{7,8}|1[3-9]\d{9}/u;

/** Longer lists of contacts are read in parts. */
const ZONE_LENGTH = 2_000;

/** Runs of paragraphs that speak of contacts. */
function contactZones({ flow, notice }: NoticeContext): Span[] {
  const paragraphs: Span[] = [...notice.passages, ...notice.notes, ...(notice.copyRecipients ? [] : [])].sort(
    (a, b) => a.start - b.start,
  );
  const zones: { start: number; end: number }[] = [];
  for (const { start, end } of paragraphs) {
    const text = flow.text.slice(start, end);
    if (
      !(
        mentions.test(text) ||
        (zones.at(-1)?.end === start - 1 && text.length <= 40 && unitAndPerson.test(text)) ||
        (zones.at(-1)?.end === start - 1 && text.length <= 60 && (phone.test(text) || email.test(text)))
      )
    ) {
      phone.lastIndex = 0;
      email.lastIndex = 0;
      continue;
    }
    phone.lastIndex = 0;
    email.lastIndex = 0;
    const last = zones.at(-1);
    if (last && start - last.end <= 2 && text.length <= 120 && end - last.start <= ZONE_LENGTH) last.end = end;
    else zones.push({ start, end });
  }
  return zones.flatMap((zone) => inPieces(flow.text, zone));
}

/** The words before a place: as many as a unit and a name take, and one more, lest they look like the beginning of the text. */
const wordsBefore = (text: string, at: number): string => text.slice(Math.max(0, at - 80), at);

/** Labels, names, units, numbers in the order in which they stand. */
function tokens(text: string, offset: number): Token[] {
  const found: Token[] = [];
  const labels = [...text.matchAll(label)].map((m) => ({
    at: m.index,
    end: m.index + m[0].length,
    word: m[0].replace(/\s/g, ''),
  }));
  const labelBefore = (at: number) => labels.findLast((l) => l.end <= at);
  const add = (kind: Token['kind'], start: number, end: number, value: string) =>
    found.push({ kind, start: offset + start, end: offset + end, value });
  for (const match of text.matchAll(email))
    add('email', match.index, match.index + match[0].length, match[0].replace(/\s/g, ''));
  for (const match of text.matchAll(phone)) {
    const before = text.slice(Math.max(0, match.index - 80), match.index);
    if (
      hotline.test(before) ||
      (/[\w.@-]$/u.test(before) && /@/.test(text.slice(match.index, match.index + 40).split(/[\s，；]/u)[0] ?? ''))
    )
      continue;
    if (found.some((t) => t.kind === 'email' && match.index + offset >= t.start && match.index + offset < t.end))
      continue;
    const near = labelBefore(match.index);
    if (near && /邮编|地址/u.test(near.word)) continue;
    // 6600001、6600009（传真）: the second is the fax; a number alone with the mark is both.
    const marked =
      /^\s?[（(](?:传真|fax)[）)]/iu.test(text.slice(match.index + match[0].length)) &&
      /\d[、，,／/\s]\s?$/u.test(before);
    // 电话及传真：…: one number for both.
    const both =
      near !== undefined &&
      /^传真/u.test(near.word) &&
      /电\s?话\s?(?:及|和|与|、|\/|／|兼|[（(])\s?$/u.test(text.slice(0, near.at).slice(-8));
    const fax = !both && (marked || (near !== undefined && /传真/u.test(near.word) && !/电话/u.test(near.word)));
    add(fax ? 'fax' : 'phone', match.index, match.index + match[0].length, tidyPhone(match[0]));
    if (both || /^\s?[（(](?:兼传真|传真同号|带传真|同时传真)/u.test(text.slice(match.index + match[0].length)))
      add('fax', match.index, match.index + match[0].length, tidyPhone(match[0]));
  }
  // 周明远（667325）: a short number of the place's own network, known by the name before it.
  for (const match of text.matchAll(shortNumber)) {
    const number = match.groups?.number ?? '';
    const at = match.index + match[0].indexOf(number);
    add('phone', at, at + number.length, number);
  }
  // 雷小春（市农业综合行政执法大队），…: the unit behind the name.
  for (const match of text.matchAll(nameAndUnit)) {
    const { name = '', unit = '' } = match.groups as Record<string, string>;
    add('unit', match.index, match.index, withoutLayoutSpaces(unit));
    if (!notAPerson.test(name)) add('name', match.index, match.index + name.length, withoutLayoutSpaces(name));
  }
  // 信息中心（系统操作） 0431-…: an office and its number.
  for (const token of [...found]) {
    if (token.kind !== 'phone' && token.kind !== 'email') continue;
    const at = token.start - offset;
    const reached = reachedAt.exec(wordsBefore(text, at))?.groups?.unit;
    if (reached) add('unit', at, at, reached);
    if (token.kind !== 'phone') continue;
    const office = officeBefore.exec(wordsBefore(text, at))?.groups?.unit;
    const duty = dutyRoom
      // The bracket before the number can be that of its area code: （0357）6600001.
      .exec(text.slice(Math.max(0, at - 30), at) + (/^[（(]/u.exec(text.slice(at))?.[0] ?? ''))
      ?.groups?.unit?.replace(/^.*(?:报告|上报|报送|报|向|至|到|拨打|联系|与)(?=.{3})/u, '');
    if (office ?? duty) add('unit', at, at, (office ?? duty) as string);
  }
  for (const token of [...found]) {
    if (token.kind !== 'phone') continue;
    const bracket = unitBehind.exec(text.slice(token.end - offset, token.end - offset + 60));
    const unit = bracket?.groups?.unit;
    if (unit) add('unit', token.start - offset, token.start - offset, unit);
  }
  // 镇应急办值班电话：…: the office whose telephone it is.
  for (const match of text.matchAll(officePhone)) {
    const unit = match.groups?.unit ?? '';
    const at = match.index + match[0].indexOf(unit);
    add('unit', at, at + unit.length, unit);
  }
  for (const [index, { end, word, at }] of labels.entries()) {
    if (!/联系人|联络|经办人|承办人/u.test(word)) continue;
    const stop = Math.min(labels[index + 1]?.at ?? text.length, text.length);
    const prefix = /(?:^|[，。；;,\s（(])((?:[\u4e00-\u9fa5]{2,24}))$/u.exec(wordsBefore(text, at))?.[1];
    if (prefix && unitEnding.test(prefix)) add('unit', at - prefix.length, at, prefix);
    readNames(text, end, stop, add);
  }
  // …；平安办：甲、乙，电话…: the office before a colon, its persons behind.
  for (const match of text.matchAll(unitsPersons)) {
    const unit = match.groups?.unit ?? '';
    const at = match.index + match[0].indexOf(unit);
    const from = match.index + match[0].length;
    add('unit', at, at + unit.length, unit);
    readNames(text, from, from + (/[；;。\n]|电话|手机/u.exec(text.slice(from))?.index ?? text.length - from), add);
  }
  for (const match of text.matchAll(handedTo)) {
    const { unit = '', name = '' } = match.groups as Record<string, string>;
    const at = match.index + match[0].indexOf(unit);
    add('unit', at, at + unit.length, unit);
    add('name', at + unit.length, at + unit.length + name.length, withoutLayoutSpaces(name));
  }
  // Name and number side by side without a label.
  for (const token of [...found]) {
    if (token.kind !== 'phone') continue;
    const at = token.start - offset;
    const beside = nameBefore.exec(wordsBefore(text, at)) ?? inColumns.exec(wordsBefore(text, at));
    const name = beside?.groups?.name;
    if (!beside || !name) continue;
    const from = at - (beside[0].length - beside[0].lastIndexOf(name));
    if (found.some((t) => t.kind === 'name' && t.start <= offset + from && offset + from < t.end)) continue;
    if ((unitEnding.test(name) && name.length > 2) || notAPerson.test(name)) continue;
    add('name', from, from + name.length, withoutLayoutSpaces(name));
    const unit = beside.groups?.unit;
    if (unit) add('unit', from - unit.length, from, unit);
  }
  const sorted = found.sort((a, b) => a.start - b.start || (a.kind === 'unit' ? -1 : 1));
  return sorted.filter(
    (t, i) => !sorted.slice(0, i).some((o) => o.kind === t.kind && o.start === t.start && o.value === t.value),
  );
}

/** The persons behind 联系人：, with the units glued or written before their names. */
function readNames(
  text: string,
  from: number,
  to: number,
  add: (kind: Token['kind'], start: number, end: number, value: string) => void,
): void {
  // The names end with the sentence or the bracket.
  const value = /^[^。）)]*/u.exec(text.slice(from, to))?.[0] ?? '';
  for (const part of value.matchAll(/[^、，,；;。\n（()）:：]+/gu)) {
    const words = part[0].trim();
    const shift = part.index + part[0].length - part[0].trimStart().length;
    // A full name of two or three characters wins over unit and name.
    const whole =
      fullName.test(words) ||
      (/^[\u4e00-\u9fa5·]{2,5}$/u.test(words) && !unitEnding.test(words) && !notAPerson.test(words));
    const match = whole
      ? ({ groups: { name: words }, 0: words } as unknown as RegExpExecArray)
      : unitAndName.exec(words);
    if (!match?.groups?.name) {
      // Behind a label, words of two to four characters are names, whatever they begin with: 某某股 张三, 张三 李四.
      // 甲 0357-6600001；乙 …: before a number the word is a name, too.
      const named = words.replace(/\s?[（(]?\d[\d（()）—－–\s-]{5,}$/u, '');
      const row = named.split(/\s+/u);
      const office =
        row.length > 1 && unitEnding.test(row[0] ?? '') && (row[0] ?? '').length >= 3 ? row.shift() : undefined;
      if (
        row.length > 3 ||
        (row.length < 2 && !office && named === words) ||
        !row.every((word) => /^[\u4e00-\u9fa5·]{2,4}$/u.test(word))
      )
        continue;
      if (row.some((word) => unitEnding.test(word) || notAPerson.test(word))) continue;
      if (office) add('unit', from + shift, from + shift + office.length, office);
      let begin = office?.length ?? 0;
      for (const word of row) {
        begin = words.indexOf(word, begin);
        add('name', from + shift + begin, from + shift + begin + word.length, word);
        begin += word.length;
      }
      continue;
    }
    const printed = match.groups.name;
    const unit = match.groups.unit;
    const at = from + shift + match[0].lastIndexOf(printed);
    if (unit) add('unit', from + shift, from + shift + unit.length, withoutLayoutSpaces(unit));
    add('name', at, at + printed.length, withoutLayoutSpaces(printed));
    // 某某支队 张三 李四: more names behind spaces.
    const next = match.index + match[0].length;
    const row = whole ? '' : (/^(?:\s[\u4e00-\u9fa5·]{2,3}(?=\s|$))+/u.exec(words.slice(next))?.[0] ?? '');
    for (const more of row.matchAll(/\s\S+/gu)) {
      const other = more[0].trim();
      if (!fullName.test(other) || unitEnding.test(other) || notAPerson.test(other)) break;
      const begin = from + shift + next + more.index + more[0].length - other.length;
      add('name', begin, begin + other.length, other);
    }
  }
}

const sharesUnit = (between: string): boolean =>
  (/^(?:工作)?联\s?[系络]\s?[人员]/u.test(between) && !/\n|.联\s?[系络]\s?[人员]/u.test(between)) ||
  /^[^。；;\n]*、$/u.test(between);

function readZone({ flow }: NoticeContext, zone: Span): Contact[] {
  const text = textOf(flow, zone);
  const list = tokens(text, zone.start);
  const groups: Group[] = [];
  let unit: Token | null = null;
  for (const [order, token] of list.entries()) {
    const group = groups.at(-1);
    if (token.kind === 'unit') {
      unit = token;
      // An office with its own number begins a contact of its own.
      const next = list[order + 1];
      if (next?.kind === 'phone' && group && group.rest.length > 0 && token.start === next.start)
        groups.push({ unit: token, names: [], rest: [] });
    } else if (token.kind === 'name') {
      // 值班电话：…；联系人：…: a number of the office before the name in the same sentence.
      const office =
        groups.length > 0 &&
        group?.names.length === 0 &&
        !/[。\n]/u.test(flow.text.slice(group.rest.at(-1)?.end ?? token.start, token.start));
      // 张三、李四: names in a row share what follows.
      if (group && (office || group.rest.length === 0)) {
        group.names.push({ name: token, unit: unit ?? group.names.at(-1)?.unit ?? group.unit });
        group.unit ??= unit;
      } else {
        // 专班办公室联系人：甲，电话…；乙，电话…: the office before the label is that of all behind it.
        const shared =
          group?.unit && unit === null && sharesUnit(flow.text.slice(group.unit.end, token.start)) ? group.unit : unit;
        groups.push({ unit: shared, names: [{ name: token, unit: shared }], rest: [] });
      }
      unit = null;
    } else if (group) group.rest.push(token);
    else groups.push({ unit, names: [], rest: [token] });
  }
  return groups.flatMap((group) => toContacts(group, (span) => evidenceAt(flow, span)));
}

interface Group {
  unit: Token | null;
  readonly names: { readonly name: Token; readonly unit: Token | null }[];
  readonly rest: Token[];
}

function toContacts(group: Group, evidence: (span: Span) => Contact['evidence'][number]): Contact[] {
  const of = (kind: Token['kind']) => group.rest.filter((token) => token.kind === kind);
  const phones = of('phone');
  const emails = of('email');
  const fax = of('fax')[0] ?? null;
  const contact = (
    name: Token | null,
    unit: Token | null,
    own: readonly Token[],
    mails: readonly Token[],
  ): Contact => ({
    name: name?.value ?? null,
    unit: unit?.value ?? null,
    phones: [...new Set(own.map((token) => token.value))],
    emails: [...new Set(mails.map((token) => token.value))],
    fax: fax?.value ?? null,
    evidence: [unit, name, ...own, ...mails].filter((token): token is Token => token !== null).map(evidence),
  });
  if (group.names.length <= 1) {
    if (group.names.length === 0 && phones.length === 0 && !(group.unit && emails.length > 0)) return [];
    const [only] = group.names;
    return [contact(only?.name ?? null, group.unit ?? only?.unit ?? null, phones, emails)];
  }
  const paired = phones.length === group.names.length;
  return group.names.map(({ name, unit }, index) =>
    contact(
      name,
      unit ?? group.unit,
      paired ? [phones[index] as Token] : phones,
      emails.length === group.names.length ? [emails[index] as Token] : emails,
    ),
  );
}

/** The same person twice (cover and plan) is one contact; a number that belongs to a person is not listed alone. */
function unique(contacts: readonly Contact[]): Contact[] {
  const found: (Contact & { readonly evidence: Contact['evidence'][number][] })[] = [];
  const known = new Map<string, number>();
  const keys = ({ name, phones }: Contact) =>
    name === null ? phones.map((phone) => `tel ${phone}`) : [`name ${name}`];
  for (const contact of contacts) {
    const places = keys(contact).flatMap((key) => known.get(key) ?? []);
    const at = places.length > 0 ? Math.min(...places) : found.length;
    const old = found[at];
    old?.evidence.push(...contact.evidence);
    found[at] = old
      ? {
          ...old,
          unit: old.unit ?? contact.unit,
          phones: union(old.phones, contact.phones),
          emails: union(old.emails, contact.emails),
          fax: old.fax ?? contact.fax,
        }
      : { ...contact, evidence: [...contact.evidence] };
    for (const key of keys(contact)) if (!known.has(key)) known.set(key, at);
  }
  const persons = new Map<string, Contact[]>();
  for (const contact of found)
    for (const phone of contact.name === null ? [] : contact.phones)
      persons
        .set(phone, persons.get(phone) ?? [])
        .get(phone)
        ?.push(contact);
  const owned = ({ phones }: Contact) =>
    (persons.get(phones[0] ?? '') ?? []).some((person) => phones.every((phone) => person.phones.includes(phone)));
  return found.filter((contact) => contact.name !== null || !owned(contact));
}

const union = (a: readonly string[], b: readonly string[]): readonly string[] =>
  b.every((value) => a.includes(value)) ? a : [...new Set([...a, ...b])];
