import type { Contact, Extraction } from '../models/index.ts';

/**
 * Telephone numbers and e-mail addresses of persons, made unreadable: every character of them but the first three and
 * the last two of a number, and the first of an address, becomes `*`. Lengths stay, so offsets stay right.
 */
export function maskExtraction(extraction: Extraction): Extraction {
  const known = knownNumbers(extraction.notices.flatMap((notice) => notice.contacts));
  const text = maskText(extraction.text, known);
  const { source, text: _text, ...rest } = extraction;
  return { ...maskStrings(rest, known, text), source, text };
}

/** The numbers and addresses that contacts name, for masking them wherever else they stand. */
export function knownNumbers(contacts: readonly Pick<Contact, 'phones' | 'fax' | 'emails'>[]): readonly string[] {
  return contacts.flatMap(({ phones, fax, emails }) => [...phones, ...(fax === null ? [] : [fax]), ...emails]);
}

/** The same value with every text in it masked; of evidence, the quote is what now stands at its place in `text`. */
export function maskStrings<T>(value: T, known: readonly string[] = [], text: string | null = null): T {
  const walk = (member: unknown): unknown => {
    // The digits of a file's id are nobody's number.
    if (typeof member === 'string') return /^[0-9a-f]{64}$/.test(member) ? member : maskText(member, known);
    if (Array.isArray(member)) return member.map(walk);
    if (typeof member !== 'object' || member === null) return member;
    const walked = Object.fromEntries(Object.entries(member).map(([key, part]) => [key, walk(part)]));
    // A quote may begin or end within a number.
    return text !== null && 'quote' in walked && typeof walked.start === 'number' && typeof walked.end === 'number'
      ? { ...walked, quote: text.slice(walked.start, walked.end) }
      : walked;
  };
  // The shape stays: only texts become other texts of the same length.
  return walk(value) as T;
}

/** Masks the numbers and addresses that look like such, and the known ones, however they are spaced. */
export function maskText(text: string, known: readonly string[] = []): string {
  let masked = text.replace(emailPattern, maskEmail);
  for (const pattern of [mobilePattern, landlinePattern, ...known.flatMap(spacedPattern)]) {
    masked = masked.replace(pattern, maskNumber);
  }
  return masked;
}

const emailPattern = /[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g;
/** Eleven digits from 13 to 19, also in groups. */
const mobilePattern = /(?<![\d])1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)/g;
/** With an area code: 0357-1234567, （0357）1234567. */
const landlinePattern = /(?<!\d)0\d{2,3}[)）]? ?[-—－–] ?\d{7,8}(?!\d)|(?<=[(（])0\d{2,3}[)）] ?\d{7,8}(?!\d)/g;

/** A number as somebody printed it: the same digits, with spaces and dashes anywhere between. */
function spacedPattern(value: string): readonly RegExp[] {
  const digits = value.replace(/\D/g, '');
  return digits.length < 5 || value.includes('@') ? [] : [new RegExp([...digits].join('[ \\-—－–()（）]{0,2}'), 'g')];
}

function maskNumber(number: string): string {
  const count = number.replace(/\D/g, '').length;
  let seen = 0;
  return number.replace(/\d/g, (digit) => {
    seen += 1;
    return seen <= 3 || seen > count - 2 ? digit : '*';
  });
}

function maskEmail(address: string): string {
  const at = address.indexOf('@');
  return address[0] + '*'.repeat(at - 1) + address.slice(at);
}
