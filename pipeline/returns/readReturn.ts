import { createHash } from 'node:crypto';
import {
  entryCells,
  FormIdentity,
  type FormModel,
  type FormReturn,
  foldLabel,
  HongtouError,
  identitySheet,
  type ReturnIssue,
  type ReturnResult,
} from '../../models/index.ts';
import type { FormMatch } from './formMatch.ts';
import { issueMaker } from './issue.ts';
import { matchForm } from './matchForm.ts';
import { readCsv } from './readCsv.ts';
import { readFields } from './readFields.ts';
import { readRecords, readValues } from './readValues.ts';
import { readXlsx } from './readXlsx.ts';
import { cellKey, cellText, gridCell, keyAddress, type SheetGrid } from './sheetGrid.ts';
import { currentForms, tableKey } from './tableKey.ts';

/**
 * Reads one returned file (.xlsx, .csv) against the forms of a campaign and checks every cell. `forms` may hold several
 * versions of a form; the last of each table is the one that holds, the others tell that an old one was filled in.
 *
 * A sheet is recognised by its hidden identity, or, where that was lost, by its labels. Whoever reports, and for when, is
 * read here and judged by `collect`. Throws HongtouError for a file that cannot be read at all.
 */
export async function readReturn(
  bytes: Uint8Array,
  fileName: string,
  forms: readonly FormModel[],
): Promise<ReturnResult> {
  if (bytes.length === 0) throw new HongtouError('FILE_EMPTY', { fileName });
  const grids = await readGrids(bytes, fileName);
  const identities = identitiesOf(grids);
  const current = currentForms(forms);
  const returns: FormReturn[] = [];
  const issues: ReturnIssue[] = [];
  for (const grid of grids) {
    if (grid.hidden || grid.name === identitySheet.name || grid.cells.size === 0) continue;
    const found = recognise(grid, identities.get(grid.name) ?? null, forms, current);
    if (found !== null) returns.push(readSheet(grid, fileName, found));
  }
  if (returns.length === 0) {
    const sheet = grids.find((grid) => !grid.hidden)?.name ?? null;
    issues.push(issueMaker(fileName, sheet)('form-unknown', 'error', null, '标目与本次收集的任何一张表都不符'));
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { fileName, sha256, returns: withoutBlankSheets(returns), issues };
}

/** A workbook with all forms of a notice comes back with those filled in that were meant; its blank ones are no returns. */
function withoutBlankSheets(returns: readonly FormReturn[]): readonly FormReturn[] {
  const filled = returns.filter((one) => !one.issues.some((issue) => issue.code === 'empty-return'));
  return filled.length > 0 ? filled : returns;
}

async function readGrids(bytes: Uint8Array, fileName: string): Promise<readonly SheetGrid[]> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const isOle = bytes[0] === 0xd0 && bytes[1] === 0xcf;
  if (isZip || isOle) return readXlsx(bytes, fileName);
  if (/\.(csv|txt|tsv)$/i.test(fileName)) return [readCsv(bytes, fileName)];
  if (/\.xlsx$/i.test(fileName)) {
    throw new HongtouError('FILE_DAMAGED', { fileName, reason: 'it is no ZIP archive as every .xlsx file is' });
  }
  throw new HongtouError('NOT_A_RETURN', { fileName, detail: 'neither a workbook nor CSV' });
}

function identitiesOf(grids: readonly SheetGrid[]): ReadonlyMap<string, FormIdentity> {
  const found = new Map<string, FormIdentity>();
  const grid = grids.find((candidate) => candidate.name === identitySheet.name);
  if (grid === undefined || cellText(gridCell(grid, 0, 0)) !== identitySheet.mark) return found;
  for (let row = 2; row < grid.rowCount; row++) {
    const values = Object.fromEntries(
      identitySheet.columns.map((name, column) => [name, grid.cells.get(cellKey(row, column))?.value ?? null]),
    );
    // A program may have turned digits into a number.
    const texts = { ...values, period: values.period === null ? null : String(values.period) };
    const identity = FormIdentity.safeParse(texts);
    if (identity.success && typeof values.sheet === 'string') found.set(values.sheet, identity.data);
  }
  return found;
}

interface Recognised {
  readonly form: FormModel;
  readonly match: FormMatch;
  readonly identity: FormIdentity | null;
  readonly stale: boolean;
}

/** Labels that make up less than this share of a form are chance. */
const leastScore = 0.6;

function recognise(
  grid: SheetGrid,
  identity: FormIdentity | null,
  forms: readonly FormModel[],
  current: readonly FormModel[],
): Recognised | null {
  const own = identity === null ? undefined : current.find((form) => tableKey(form.identity) === tableKey(identity));
  if (identity !== null && own !== undefined) {
    const stale = identity.structureHash !== own.identity.structureHash || identity.version !== own.identity.version;
    const match = matchForm(grid, own) ?? unmatched(own);
    return { form: own, match, identity, stale };
  }
  let best: Recognised | null = null;
  for (const form of forms) {
    const match = matchForm(grid, form);
    if (match === null || match.score < leastScore) continue;
    const holds = current.includes(form);
    const better =
      best === null || match.score > best.match.score || (match.score === best.match.score && best.stale && holds);
    if (better) best = { form, match, identity: null, stale: !holds };
  }
  if (best?.stale) {
    // Read as the form that holds, so that what can be told of it is told; the return is turned back anyway.
    const holding = current.find((form) => tableKey(form.identity) === tableKey(best.form.identity))!;
    return { ...best, form: holding, match: matchForm(grid, holding) ?? unmatched(holding) };
  }
  return best;
}

function unmatched(form: FormModel): FormMatch {
  return {
    score: 0,
    place: () => null,
    recordRows: [],
    columnAt: () => null,
    top: form.grid.top,
    bottom: form.grid.top + form.grid.rowCount,
    shift: { rows: 0, columns: 0 },
    issues: [],
  };
}

function readSheet(grid: SheetGrid, fileName: string, found: Recognised): FormReturn {
  const { form, match, identity, stale } = found;
  const issue = issueMaker(fileName, grid.name);
  const read = readFields(grid, form, match);
  const issues: ReturnIssue[] = [];
  if (stale) {
    const held = `第${form.identity.version}版`;
    const sent = identity === null ? '旧版' : `第${identity.version}版`;
    issues.push(issue('stale-version', 'error', read.titleKey, `报来的是${sent}表样，现行为${held}，请用现行表样重报`));
  } else if (match.score === 0) {
    issues.push(issue('form-unknown', 'error', null, '表样标识相符，但找不到表中的标目'));
  } else {
    for (const { code, key, detail } of match.issues) {
      const severity = code === 'row-moved' || code === 'column-moved' ? 'warning' : 'error';
      issues.push(issue(code, severity, key, detail));
    }
  }
  const readable = !stale && match.score > 0;
  const lists = readable ? readRecords(grid, form, match, issue) : { records: [], issues: [] };
  const values =
    readable && !form.records
      ? readValues(grid, form, match, issue)
      : { values: [], cells: [], faulty: [], issues: [] };
  issues.push(...lists.issues, ...values.issues);

  const unit = unitOf(found, read, values.values, issue);
  issues.push(...unit.issues);
  const period = periodOf(found, read, issue);
  issues.push(...period.issues);
  if (
    readable &&
    lists.records.length === 0 &&
    values.values.every((value) => value === null) &&
    values.faulty.length === 0
  ) {
    issues.push(issue('empty-return', 'error', null, '表内所有填写格均为空'));
  }
  return {
    formHash: form.identity.structureHash,
    identity,
    stale,
    sheet: grid.name,
    unit: unit.value,
    unitCell: unit.cell,
    period: period.value,
    periodCell: period.cell,
    fields: read.fields
      .filter(({ value }) => value !== '')
      .map(({ field, value }) => ({ kind: field.kind, label: field.label, value })),
    values: values.values,
    cells: values.cells,
    faulty: values.faulty,
    records: lists.records,
    issues,
  };
}

type Issues = readonly ReturnIssue[];

function unitOf(
  { form, identity }: Recognised,
  read: ReturnType<typeof readFields>,
  values: FormReturn['values'],
  issue: ReturnType<typeof issueMaker>,
): { readonly value: string | null; readonly cell: string | null; readonly issues: Issues } {
  const preset = identity?.unit ?? null;
  if (read.unit === null) {
    // 报名表 have the name of the unit among their blanks.
    const index = entryCells(form).findIndex((cell) =>
      /(^|\/)(填报|报送|参会|推荐|申报)?(单位|机构)(名称|全称)?$/.test(cell.key ?? ''),
    );
    const value = values[index];
    return { value: typeof value === 'string' ? value : preset, cell: null, issues: [] };
  }
  const { value, key } = read.unit;
  const cell = keyAddress(key);
  if (value === '') {
    const known = preset === null ? '无法确定由谁填报' : `表样为“${preset}”的`;
    return {
      value: preset,
      cell,
      issues: [issue('unit-missing', preset === null ? 'error' : 'warning', key, known)],
    };
  }
  if (preset !== null && foldLabel(preset) !== foldLabel(value)) {
    const detail = `填写“${value}”，表样为“${preset}”的`;
    return { value, cell, issues: [issue('unit-mismatch', 'error', key, detail)] };
  }
  return { value, cell, issues: [] };
}

function periodOf(
  { identity }: Recognised,
  read: ReturnType<typeof readFields>,
  issue: ReturnType<typeof issueMaker>,
): { readonly value: string | null; readonly cell: string | null; readonly issues: Issues } {
  const preset = identity?.period ?? null;
  if (read.period === null) return { value: preset, cell: null, issues: [] };
  const { value, key, text } = read.period;
  const cell = keyAddress(key);
  if (value === null) {
    const detail = text === '' ? '报告期为空' : `“${text.slice(0, 30)}”中没有报告期`;
    return { value: preset, cell, issues: preset === null ? [issue('period-missing', 'error', key, detail)] : [] };
  }
  if (preset !== null && preset !== value) {
    const detail = `表上为${value}，表样为${preset}的`;
    return { value, cell, issues: [issue('period-mismatch', 'error', key, detail)] };
  }
  return { value, cell, issues: [] };
}
