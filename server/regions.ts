import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { HongtouError } from '../models/index.ts';
import type { RegionEntry } from '../models/text/regions.ts';

const RegionFile = z.array(
  z.strictObject({
    code: z.string().regex(/^\d{6}$/),
    name: z.string().min(1),
    level: z.enum(['provincial', 'prefectural', 'county']),
    parent: z.string().nullable(),
  }),
);

/** Divisions beyond the official list (development zones, invented places), from the file that a setting names. */
export async function readRegions(file: string): Promise<readonly RegionEntry[]> {
  try {
    return RegionFile.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
    throw new HongtouError('NOT_ALLOWED', { what: `The list of regions in ${file}`, reason }, { cause: error });
  }
}
