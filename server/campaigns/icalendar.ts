import { createHash } from 'node:crypto';
import type { Deadline } from '../../models/index.ts';
import { addDays, spanBetween } from '../upcoming.ts';
import { type DatedDeadline, daysDue, lastWorkingDay } from './agenda.ts';

/**
 * Deadlines as a calendar of RFC 5545: what recurs as one event with its RRULE, whole days where no hour is printed, and
 * identifiers that stay through another reading as long as the notice says the same, so that a calendar that is
 * subscribed to changes its entries and does not double them.
 */
export interface CalendarOptions {
  readonly name: string;
  /** When this was made, as DTSTAMP says it. */
  readonly now: Date;
  /**
   * before: what falls on a day of rest is moved to the last working day before it, so that nobody is late; printed: every
   * day as the notice says it.
   */
  readonly rest: 'before' | 'printed';
}

/** Years beyond which nothing is looked for. */
const earliest = '1949-10-01';
const farthest = '2199-12-31';
const zone = 'Asia/Shanghai';

export function renderCalendar(deadlines: readonly DatedDeadline[], options: CalendarOptions): string {
  const events = deadlines.flatMap((dated) => eventsOf(dated, options));
  const timed = deadlines.some(({ deadline }) => clockOf(deadline.time) !== null);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Hongtou//Campaign calendar//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escapeText(options.name)}`,
    `X-WR-CALNAME:${escapeText(options.name)}`,
    `X-WR-TIMEZONE:${zone}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT12H',
    'X-PUBLISHED-TTL:PT12H',
    ...(timed ? timeZone : []),
    ...events.flat(),
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

/** China has had no summer time since 1991. */
const timeZone = [
  'BEGIN:VTIMEZONE',
  `TZID:${zone}`,
  'BEGIN:STANDARD',
  'DTSTART:19910915T000000',
  'TZOFFSETFROM:+0800',
  'TZOFFSETTO:+0800',
  'TZNAME:CST',
  'END:STANDARD',
  'END:VTIMEZONE',
];

/** Whether the calendar can say on which day it is: 每月报送 names none. */
export const hasDay = ({ due }: Deadline): boolean => due.kind !== 'recurring' || due.day !== null;

function eventsOf(dated: DatedDeadline, options: CalendarOptions): string[][] {
  const { notice, deadline, ends } = dated;
  const span = spanBetween(deadline, notice.issueDate, ends);
  // Without a beginning or an end nobody knows from when or until when it is owed.
  if (span === null || !hasDay(deadline) || span.to > farthest || span.from < earliest) return [];
  const days = daysDue(dated, span.from, span.to);
  const [first] = days;
  if (first === undefined) return [];
  const uid = `UID:${identify(dated)}@hongtou`;
  const shift = (day: string) => (options.rest === 'before' ? (lastWorkingDay(day) ?? day) : day);
  if (span.rrule === null) return [event([uid, ...when(shift(first), deadline)], dated, first, shift(first), options)];
  const rule = ruleOf(span.rrule, deadline, span.to);
  const main = event([uid, ...when(first, deadline), rule], dated, null, first, options);
  const moved = days
    .filter((day) => shift(day) !== day)
    .map((day) =>
      event(
        [uid, stamp('RECURRENCE-ID', day, deadline), ...when(shift(day), deadline)],
        dated,
        day,
        shift(day),
        options,
      ),
    );
  return [main, ...moved];
}

function event(
  head: readonly string[],
  { notice, deadline }: DatedDeadline,
  printed: string | null,
  shown: string,
  { now }: CalendarOptions,
): string[] {
  const isMoved = printed !== null && printed !== shown;
  const source = notice.documentNumber ?? notice.title ?? notice.fileName;
  const words = [
    isMoved ? `公文所写日期为${printed}，当日休息，提前到此前最后一个工作日。` : null,
    deadline.responsible === null ? null : `责任单位：${deadline.responsible}`,
    deadline.recipient === null ? null : `报送：${deadline.recipient}`,
    `来源：${[notice.issuingBody, source].filter(Boolean).join('　')}`,
    deadline.assumed.length > 0 ? '日期系推断，请核对原文。' : null,
    ...deadline.evidence.slice(0, 1).map((one) => `原文：${one.quote.replace(/\s+/g, ' ').slice(0, 300)}`),
  ];
  return [
    'BEGIN:VEVENT',
    ...head,
    `DTSTAMP:${utc(now)}`,
    `SUMMARY:${escapeText(`${deadline.task}${isMoved ? '（休息日提前）' : ''}`)}`,
    `DESCRIPTION:${escapeText(words.filter((one) => one !== null).join('\n'))}`,
    `CATEGORIES:${escapeText(notice.issuingBody ?? '公文')}`,
    'TRANSP:TRANSPARENT',
    'STATUS:CONFIRMED',
    'END:VEVENT',
  ];
}

const compact = (date: string) => date.replaceAll('-', '');

/** 17:00 → 170000; null where nothing of the kind is printed. */
function clockOf(time: string | null): string | null {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(time ?? '') ?? [];
  return hour === undefined || Number(hour) > 23 ? null : `${hour.padStart(2, '0')}${minute}00`;
}

function stamp(name: string, day: string, { time }: Deadline): string {
  const clock = clockOf(time);
  return clock === null ? `${name};VALUE=DATE:${compact(day)}` : `${name};TZID=${zone}:${compact(day)}T${clock}`;
}

function when(day: string, deadline: Deadline): string[] {
  const isTimed = clockOf(deadline.time) !== null;
  const end = isTimed ? 'DURATION:PT0S' : `DTEND;VALUE=DATE:${compact(addDays(day, 1))}`;
  return [stamp('DTSTART', day, deadline), end];
}

/** UNTIL is a date where the start is one, else an instant in UTC (RFC 5545, 3.3.10). */
function ruleOf(rule: string, deadline: Deadline, until: string): string {
  const bare = rule
    .split(';')
    .filter((part) => !/^(?:UNTIL|COUNT)=/.test(part))
    .join(';');
  const end = clockOf(deadline.time) === null ? compact(until) : `${compact(until)}T155959Z`;
  return `RRULE:${bare};UNTIL=${end}`;
}

/** The notice, the task as printed and when it is due: the same words, the same event. */
function identify({ notice, deadline }: DatedDeadline): string {
  const words = [notice.id, deadline.task, JSON.stringify(deadline.due), deadline.responsible, deadline.recipient];
  return createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 32);
}

const utc = (date: Date) => `${date.toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;

/** RFC 5545, 3.3.11. */
export function escapeText(text: string): string {
  return text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/\p{Cc}/gu, ' ');
}

/** At most 75 octets a line, no character cut (RFC 5545, 3.1). */
export function fold(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      parts.push(part);
      part = '';
      // The space that continues a line counts.
      octets = 1;
    }
    part += character;
    octets += size;
  }
  parts.push(part);
  return parts.join('\r\n ');
}
