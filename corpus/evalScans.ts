import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { EngineChoice } from '../pipeline/ocr/openEngines.ts';
import { measureKinds, overLimits, samplesToScan, scanRowLine } from './measureScans.ts';
import { scanKinds } from './scanKinds.ts';
import { printCalibration } from './scanTruth.ts';

const usage = `usage: npm run eval:scans -- [--corpus N] [--random N] [--sealed N] [--kinds "bad 105,photo"] [--ocr auto|pp|tesseract] [--misses] [--check]
  --corpus   notices of the corpus (4), spread over it
  --random   notices made at random (4)
  --sealed   short notices under seal made at random (0)
  --kinds    only these ways of scanning
  --misses   list what was missed
  --check    exit 1 when a row is over its limits`;

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      corpus: { type: 'string', default: '4' },
      random: { type: 'string', default: '4' },
      sealed: { type: 'string', default: '0' },
      kinds: { type: 'string' },
      ocr: { type: 'string', default: 'auto' },
      misses: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
    },
  });
  if (!['auto', 'pp', 'tesseract'].includes(values.ocr)) throw new Error('--ocr takes auto, pp or tesseract');
  const samples = samplesToScan(Number(values.corpus), Number(values.random), Number(values.sealed));
  const chosen = values.kinds?.split(',');
  const kinds = scanKinds.filter((kind) => !chosen || chosen.includes(kind.name));
  const rows = await measureKinds(kinds, samples, values.ocr as EngineChoice, (row) => {
    console.log(scanRowLine(row));
    if (values.misses) for (const fault of row.faults) console.log(`    ${fault}`);
  });
  printCalibration(rows);
  const over = rows.filter((row) => overLimits(row).length > 0);
  for (const row of over) console.log(`over its limits: ${row.kind.name}: ${overLimits(row).join('; ')}`);
  return values.check && over.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).then(
    (status) => {
      process.exitCode = status;
    },
    (error: unknown) => {
      console.error(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n${usage}`);
      process.exitCode = 2;
    },
  );
}
