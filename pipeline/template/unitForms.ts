import { PassThrough, type Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { ReportingUnit } from '../../models/index.ts';

/** Names that Windows keeps for devices. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * A file name that every system takes: without separators, reserved characters, controls, directional marks, leading or
 * trailing dots and spaces; at most 60 characters before its ending.
 */
export function safeFileName(name: string): string {
  const safe = name
    .normalize('NFC')
    .replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]+/gu, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 60)
    .replace(/[.\s]+$/, '');
  return safe === '' || reserved.test(safe) ? `_${safe}` : safe;
}

/** The file name of each unit, unique without regard to case. */
export function unitFileNames(units: readonly ReportingUnit[], ending: string): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    units.map(({ name }) => {
      const base = safeFileName(name);
      let chosen = base;
      for (let n = 2; taken.has(chosen.toLowerCase()); n++) chosen = `${base}(${n})`;
      taken.add(chosen.toLowerCase());
      return [name, `${chosen}${ending}`];
    }),
  );
}

/**
 * One file per unit that reports, in one ZIP archive that is written as it grows. `render` makes the file of one unit; files
 * are made one after the other, so that a thousand units need no more memory than their compressed files. A reader who
 * goes away ends the making, which is no error.
 */
export async function writeUnitForms(
  units: readonly ReportingUnit[],
  ending: string,
  render: (unit: ReportingUnit) => Promise<Uint8Array>,
  target: Writable,
): Promise<void> {
  const reporting = units.filter((unit) => unit.reports);
  const names = unitFileNames(reporting, ending);
  const zip = new ZipFile();
  let isGone = false;
  const written = pipeline(zip.outputStream, target).catch(() => {
    isGone = true;
  });
  try {
    for (const unit of reporting) {
      if (isGone) return;
      // xlsx and docx are archives already.
      zip.addBuffer(Buffer.from(await render(unit)), names.get(unit.name)!, { compress: false });
    }
    zip.end();
    await written;
  } catch (error) {
    // Half an archive must not look like a whole one.
    target.destroy(error instanceof Error ? error : undefined);
    throw error;
  }
}

/** The same archive in memory. */
export async function zipUnitForms(
  units: readonly ReportingUnit[],
  ending: string,
  render: (unit: ReportingUnit) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const whole = new PassThrough();
  const [bytes] = await Promise.all([buffer(whole), writeUnitForms(units, ending, render, whole)]);
  return new Uint8Array(bytes);
}
