import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Programs that subscribe to a calendar can neither sign in nor send a token; the address they are given carries a key that
 * opens this one calendar and says nothing of the token it comes from.
 */
export function calendarKey(token: string, campaignId: string): string {
  return createHmac('sha256', token).update(`hongtou calendar 1 ${campaignId}`).digest('hex').slice(0, 40);
}

const address = /^\/api\/campaigns\/(c[1-9]\d{0,9})\/calendar\.ics$/;

/** Whether a request for this path may pass with this key. */
export function opensCalendar(token: string, path: string, key: unknown): boolean {
  const campaignId = address.exec(path)?.[1];
  if (campaignId === undefined || typeof key !== 'string') return false;
  const expected = Buffer.from(calendarKey(token, campaignId));
  const given = Buffer.from(key);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
