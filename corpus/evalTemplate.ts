import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Table, TableCell } from '../models/index.ts';
import type { RegionEntry } from '../models/text/regions.ts';
import { extractFile } from '../pipeline/run.ts';
import { formModel } from '../pipeline/template/formModel.ts';
import { readForms, type SheetForm } from '../pipeline/template/readForm.ts';
import { renderXlsx } from '../pipeline/template/renderXlsx.ts';

/**
 * `npx tsx corpus/evalTemplate.ts [FILE...]`: makes the workbook of every table of the corpus, or of the given notices,
 * reads it back from what a person sees, and prints how much of it is as in the table: cells with text, span and role, axes
 * with unit, and open cells that have a validation. Exits with 1 when anything is below 1.
 */
interface Shares {
  cells: [same: number, all: number];
  axes: [same: number, all: number];
  validated: [same: number, all: number];
}

const cellText = ({ row, column, rowSpan, columnSpan, text, role }: TableCell) =>
  JSON.stringify([row, column, rowSpan, columnSpan, text, role]);

function compare(table: Table, sheet: SheetForm): Shares {
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

const corpus = fileURLToPath(new URL('./notices', import.meta.url));
const named = process.argv.slice(2);
const files =
  named.length > 0
    ? named
    : readdirSync(corpus)
        .sort()
        .map((id) => path.join(corpus, id, 'notice.txt'));
const regions: RegionEntry[] = JSON.parse(readFileSync(new URL('./regions.json', import.meta.url), 'utf8'));

const sum: Shares = { cells: [0, 0], axes: [0, 0], validated: [0, 0] };
let tables = 0;
for (const file of files) {
  const input = { fileName: path.basename(file), bytes: new Uint8Array(readFileSync(file)) };
  const { notices } = await extractFile(input, { regions });
  for (const notice of notices) {
    for (const attachment of notice.attachments) {
      for (const table of attachment.tables) {
        const model = formModel(notice, attachment, table);
        const [sheet] = await readForms(await renderXlsx([model]));
        const shares = compare(table, sheet!);
        tables += 1;
        const line = (Object.keys(sum) as (keyof Shares)[]).map((key) => {
          const [same, all] = shares[key];
          sum[key][0] += same;
          sum[key][1] += all;
          return `${key} ${same}/${all}`;
        });
        const name = path.basename(path.dirname(file)) === 'notices' ? file : path.relative(corpus, file);
        console.log(`${name} ${notice.id} ${model.kind} ${model.page.orientation} ${line.join(' ')}  ${model.title}`);
      }
    }
  }
}
const total = (key: keyof Shares) => (sum[key][1] === 0 ? 1 : sum[key][0] / sum[key][1]);
console.log(
  `${tables} tables: cells ${total('cells').toFixed(4)}, axes ${total('axes').toFixed(4)}, validated ${total('validated').toFixed(4)}`,
);
process.exitCode = total('cells') === 1 && total('axes') === 1 && total('validated') === 1 ? 0 : 1;
