import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import type { FormModel, Table, TableCell } from '../models/index.ts';
import type { RegionEntry } from '../models/text/regions.ts';
import { joinContinuedTables } from '../pipeline/layout/joinTables.ts';
import { read } from '../pipeline/read/index.ts';
import { extractFile } from '../pipeline/run.ts';
import { formModel } from '../pipeline/template/formModel.ts';
import { readForms, type SheetForm } from '../pipeline/template/readForm.ts';
import { renderXlsx } from '../pipeline/template/renderXlsx.ts';

/**
 * `npm run eval:template -- [--seeds FOLDER] [--no-print] [FILE...]`: makes the workbook of every table of the corpus (and of a
 * folder of further notices, or of the given ones alone), reads it back from what a person sees, and prints how much of it
 * is as in the table: cells with text, span and role, axes with unit, and open cells that have a validation. Then every
 * workbook is opened by LibreOffice and printed to PDF, and the grid on paper is read like a notice: a table, its rows,
 * columns, spans and texts, on A4. Exits with 1 when anything is below 1.
 */
interface Shares {
  cells: [same: number, all: number];
  axes: [same: number, all: number];
  validated: [same: number, all: number];
  /** Cells found on paper. */
  printed: [same: number, all: number];
}

const cellText = ({ row, column, rowSpan, columnSpan, text, role }: TableCell) =>
  JSON.stringify([row, column, rowSpan, columnSpan, text, role]);

function compare(table: Table, sheet: SheetForm): Omit<Shares, 'printed'> {
  const seen = new Set(sheet.cells.map(cellText));
  const axes = [
    ...table.rows.map((axis, i) => [axis, sheet.rows[i]]),
    ...table.columns.map((axis, i) => [axis, sheet.columns[i]]),
  ];
  return {
    cells: [
      table.cells.filter((cell) => seen.has(cellText(cell))).length,
      Math.max(table.cells.length, sheet.cells.length),
    ],
    axes: [axes.filter(([a, b]) => JSON.stringify(a) === JSON.stringify(b)).length, axes.length],
    validated: [
      sheet.validated.length,
      table.cells.some((cell) => cell.role === 'blank') ? sheet.open.length : sheet.validated.length,
    ],
  };
}

/** A form with its table, as it goes to LibreOffice. */
interface Made {
  readonly name: string;
  readonly form: FormModel;
  readonly bytes: Uint8Array;
}

const run = promisify(execFile);

/** The workbooks printed to PDF by one start of LibreOffice, in their order. */
async function printed(made: readonly Made[]): Promise<readonly Uint8Array[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hongtou-forms-'));
  try {
    const files = made.map((_, index) => path.join(folder, `form${index}.xlsx`));
    for (const [index, { bytes }] of made.entries()) await writeFile(files[index]!, bytes);
    const profile = `-env:UserInstallation=${pathToFileURL(path.join(folder, 'profile')).href}`;
    await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...files], {
      timeout: 600_000,
    });
    return await Promise.all(files.map((file) => readFile(file.replace(/xlsx$/, 'pdf'))));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

const squeezed = (text: string) => text.normalize('NFKC').replace(/\s+/g, '');

/** How many cells of the form's grid stand on paper as they should: at their place, with their spans and their words. */
async function onPaper(bytes: Uint8Array, { name, form }: Made): Promise<[same: number, all: number]> {
  const layout = joinContinuedTables(await read({ fileName: `${name}.pdf`, bytes }));
  const a4 = layout.pages.every(({ width, height }) => Math.abs((width ?? 0) + (height ?? 0) - 595 - 842) < 4);
  const tables = layout.pages.flatMap((page) =>
    page.blocks.flatMap((block) => (block.type === 'table' ? [block] : [])),
  );
  const { rowCount, columnCount, cells } = form.grid;
  const table = tables.find((one) => one.rowCount === rowCount && one.columnCount === columnCount);
  if (table === undefined || !a4) return [0, cells.length];
  const seen = new Set(
    table.cells.map((cell) =>
      JSON.stringify([
        cell.row,
        cell.column,
        cell.rowSpan,
        cell.columnSpan,
        squeezed(cell.lines.map((line) => line.text).join('')),
      ]),
    ),
  );
  const same = cells.filter(({ row, column, rowSpan, columnSpan, text }) =>
    seen.has(JSON.stringify([row, column, rowSpan, columnSpan, squeezed(text)])),
  );
  return [same.length, Math.max(cells.length, table.cells.length)];
}

const { values: flags, positionals: named } = parseArgs({
  options: { seeds: { type: 'string' }, 'no-print': { type: 'boolean' } },
  allowPositionals: true,
});
const corpus = fileURLToPath(new URL('./notices', import.meta.url));
const own = readdirSync(corpus)
  .sort()
  .map((id) => path.join(corpus, id, 'notice.txt'));
const seeds =
  flags.seeds === undefined ? [] : readdirSync(flags.seeds).map((name) => path.join(flags.seeds ?? '', name));
const files = named.length > 0 ? named : [...own, ...seeds.sort()];
const regions: RegionEntry[] = JSON.parse(readFileSync(new URL('./regions.json', import.meta.url), 'utf8'));

const sum: Shares = { cells: [0, 0], axes: [0, 0], validated: [0, 0], printed: [0, 0] };
const add = (shares: Partial<Shares>) =>
  (Object.entries(shares) as [keyof Shares, [number, number]][]).map(([key, [same, all]]) => {
    sum[key][0] += same;
    sum[key][1] += all;
    return `${key} ${same}/${all}`;
  });
const made: Made[] = [];
for (const file of files) {
  const input = { fileName: path.basename(file), bytes: new Uint8Array(readFileSync(file)) };
  const { notices } = await extractFile(input, { regions });
  const name = path.basename(file) === 'notice.txt' ? path.basename(path.dirname(file)) : path.basename(file);
  for (const notice of notices) {
    for (const attachment of notice.attachments) {
      for (const table of attachment.tables) {
        const form = formModel(notice, attachment, table);
        const bytes = await renderXlsx([form]);
        const [sheet] = await readForms(bytes);
        const line = add(compare(table, sheet!));
        made.push({ name, form, bytes });
        console.log(`${name} ${notice.id} ${form.kind} ${form.page.orientation} ${line.join(' ')}  ${form.title}`);
      }
    }
  }
}
if (flags['no-print'] !== true) {
  for (const [index, pdf] of (await printed(made)).entries()) {
    const one = made[index]!;
    const [same, all] = await onPaper(pdf, one);
    add({ printed: [same, all] });
    if (same < all) console.log(`${one.name} on paper ${same}/${all}  ${one.form.title}`);
  }
}
const total = (key: keyof Shares) => (sum[key][1] === 0 ? 1 : sum[key][0] / sum[key][1]);
const keys = Object.keys(sum) as (keyof Shares)[];
console.log(`${made.length} tables: ${keys.map((key) => `${key} ${total(key).toFixed(4)}`).join(', ')}`);
process.exitCode = keys.every((key) => total(key) === 1) ? 0 : 1;
