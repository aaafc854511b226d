import { describe, expect, it } from 'vitest';
import { cellAddress, emptyCollectState, entryCells, type FormModel, type ReturnIssue } from '../../models/index.ts';
import { collect } from '../../pipeline/returns/collect.ts';
import type { ReceivedReturn } from '../../pipeline/returns/importReturns.ts';
import { readReturn } from '../../pipeline/returns/readReturn.ts';
import { formModel } from '../../pipeline/template/formModel.ts';
import {
  attachmentOf,
  columnUnitTable,
  drawTable,
  groupedTable,
  itemTable,
  monthly,
  noticeOf,
  totalsTable,
} from '../template/tables.ts';
import { filled, goodValues, randomFrom, savedElsewhere, withTotals } from './workbooks.ts';

const tables = [groupedTable, columnUnitTable, itemTable, totalsTable];
const attachments = tables.map((table, i) => attachmentOf(table, { number: i + 1 }));
const notice = noticeOf(attachments, { deadlines: [monthly(17, '报送当月工作统计表')] });
const period = '2025-06';
const formFor = (k: number, of: string | null, unit: string | null) =>
  formModel(notice, attachments[k]!, tables[k]!, { period: of, unit });
const current = tables.map((_, k) => formFor(k, null, null));
const units = Array.from({ length: 125 }, (_, i) => `云溪市第${i + 1}监督所`);

/** What was done to a return, and the issues that it must give: code and cell. */
interface Planted {
  readonly bytes: Uint8Array;
  readonly expected: readonly string[];
  /** The values that count, in reading order; null: the return is turned back. */
  readonly counted: readonly (number | string | null)[] | null;
}

const faults = [
  'none',
  'none',
  'missing-unit',
  'wrong-period',
  'text-in-number',
  'negative',
  'moved-rows',
  'inserted-rows',
  'lost-identity',
  'number-as-text',
  'fraction',
  'not-applicable',
  'wrong-total',
  'stale-version',
  'unknown-unit',
  'removed-row',
  'changed-label',
] as const;
type Fault = (typeof faults)[number];

/** Counted values as they are when some cells could not be taken: totals of them too are sums of the rest. */
function without(form: FormModel, values: readonly (number | string | null)[], lost: readonly number[]) {
  return withTotals(
    form,
    values.map((value, i) => (lost.includes(i) ? null : value)),
  );
}

async function plant(fault: Fault, k: number, unit: string, random: () => number): Promise<Planted> {
  const form = formFor(k, period, unit);
  const cells = entryCells(form);
  const values = goodValues(form, random);
  const address = (i: number) => cellAddress(form.grid.top + cells[i]!.row, cells[i]!.column);
  const checked = new Set(form.checks.flatMap((check) => [check.place.join(','), check.atMost.join(',')]));
  const paired = new Set(form.cumulation.pairs.flatMap((pair) => [pair.current.join(','), pair.cumulative.join(',')]));
  // A cell with nothing depending on it but totals, so that one fault gives one issue.
  const plain = cells.flatMap((cell, i) => {
    const place = `${cell.row},${cell.column}`;
    return cell.use === 'open' && cell.entry!.type === 'whole' && !checked.has(place) && !paired.has(place) ? [i] : [];
  });
  const i = plain[Math.floor(random() * plain.length)] ?? -1;
  const unitCell = (() => {
    const field = form.fields.find((f) => f.kind === 'unit')!;
    return cellAddress(field.valueRange.top, field.valueRange.left);
  })();
  const periodField = form.fields.find((f) => f.kind === 'period');
  const titleCell = cellAddress(form.titleRange.top, form.titleRange.left);
  const shown = form.lines.find((line) => line.use === 'statement' && line.text.includes('月'));
  const periodCell = periodField
    ? cellAddress(periodField.valueRange.top, periodField.valueRange.left)
    : shown
      ? cellAddress(shown.range.top, shown.range.left)
      : titleCell;
  const good = async () => ({ bytes: await filled(form, values), expected: [], counted: values });
  if (['text-in-number', 'negative', 'fraction', 'number-as-text'].includes(fault) && i < 0) return good();
  switch (fault) {
    case 'none':
      return good();
    case 'missing-unit': {
      const blank = await filled(formFor(k, period, null), values);
      return { bytes: blank, expected: [`unit-missing ${unitCell}`], counted: null };
    }
    case 'unknown-unit': {
      const other = await filled(formFor(k, period, '外市某所'), values);
      return { bytes: other, expected: [`unit-unknown ${unitCell}`], counted: null };
    }
    case 'wrong-period': {
      const other = await filled(formFor(k, '2025-05', unit), values);
      return { bytes: other, expected: [`period-wrong ${periodCell}`], counted: null };
    }
    case 'stale-version': {
      const old = drawTable(['项目|数量', '检查单位数量（家）|', '完成整改数量（家）|'], {
        headerRows: 1,
        stubColumns: 1,
        title: tables[k]!.title,
        caption: tables[k]!.caption,
      });
      const before = noticeOf(attachments.with(k, attachmentOf(old, { number: k + 1 })), {
        deadlines: notice.deadlines,
      });
      const stale = formModel(before, before.attachments[k]!, old, { period, unit });
      const at = cellAddress(stale.titleRange.top, stale.titleRange.left);
      return { bytes: await filled(stale, [3, 2]), expected: [`stale-version ${at}`], counted: null };
    }
    case 'text-in-number': {
      const set = { [address(i)]: ['约三十家', '3-5', '待核', 'abc'][Math.floor(random() * 4)]! };
      return {
        bytes: await savedElsewhere(form, values, { set }),
        expected: [`not-a-number ${address(i)}`],
        counted: without(form, values, [i]),
      };
    }
    case 'negative':
      return {
        bytes: await savedElsewhere(form, values, { set: { [address(i)]: -4 } }),
        expected: [`negative ${address(i)}`],
        counted: without(form, values, [i]),
      };
    case 'fraction':
      return {
        bytes: await savedElsewhere(form, values, { set: { [address(i)]: 2.5 } }),
        expected: [`not-whole ${address(i)}`],
        counted: without(form, values, [i]),
      };
    case 'number-as-text': {
      const number = Number(values[i]);
      const wide = String(number).replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
      const text = [String(number), wide, ` ${number} `, `${number}${cells[i]!.entry!.unit ?? ''}`][
        Math.floor(random() * 4)
      ]!;
      return {
        bytes: await savedElsewhere(form, values, { set: { [address(i)]: text } }),
        expected: [],
        counted: values,
      };
    }
    case 'lost-identity':
      return {
        bytes: await savedElsewhere(form, values, { loseIdentity: true, loseMerges: random() < 0.5 }),
        expected: [],
        counted: values,
      };
    case 'inserted-rows': {
      const at = [0, form.grid.top, form.grid.top + form.grid.headerRows + 1].slice(0, 1 + Math.floor(random() * 3));
      const change = { insertedAt: at, loseIdentity: random() < 0.5 };
      return { bytes: await savedElsewhere(form, values, change), expected: [], counted: values };
    }
    case 'moved-rows': {
      // The last two rows of every table are single, ungrouped ones (the group of 消防 keeps its merged label).
      const last = form.grid.top + form.grid.rowCount - 1;
      const pair = [last - 2, last - 1] as const;
      const stub = form.grid.stubColumns;
      const label = form.grid.cells.find(
        (c) => c.row === pair[0] - form.grid.top && c.column < stub && c.column + c.columnSpan === stub,
      )!;
      return {
        bytes: await savedElsewhere(form, values, { swapped: [pair] }),
        // Of two rows that changed places either may be called the one that moved.
        expected: [`row-moved ${pair.map((row) => cellAddress(row, label.column)).join(' or ')}`],
        counted: values,
      };
    }
    case 'removed-row': {
      const row = form.grid.rowCount - 2;
      const lost = cells.flatMap((cell, j) => (cell.row === row ? [j] : []));
      return {
        bytes: await savedElsewhere(form, values, { removedRow: form.grid.top + row }),
        expected: ['row-missing '],
        counted: without(form, values, lost),
      };
    }
    case 'changed-label': {
      const row = form.grid.rowCount - 2;
      const label = form.grid.cells.find((c) => c.row === row && c.column + c.columnSpan === form.grid.stubColumns)!;
      const at = cellAddress(form.grid.top + row, label.column);
      const lost = cells.flatMap((cell, j) => (cell.row === row ? [j] : []));
      return {
        bytes: await savedElsewhere(form, values, { set: { [at]: '另立项目数量' } }),
        expected: [`label-changed ${at}`],
        counted: without(form, values, lost),
      };
    }
    case 'not-applicable': {
      const cell = form.grid.cells.find((c) => c.use === 'not-applicable');
      if (!cell) return good();
      const at = cellAddress(form.grid.top + cell.row, cell.column);
      return {
        bytes: await savedElsewhere(form, values, { set: { [at]: 7 } }),
        expected: [`not-applicable-filled ${at}`],
        counted: values,
      };
    }
    case 'wrong-total': {
      const total = cells.findIndex((cell) => cell.use === 'total');
      // Only a total that no other total or check stands on.
      if (
        total < 0 ||
        form.totals.some((t) => t.parts.some((p) => p.join(',') === `${cells[total]!.row},${cells[total]!.column}`))
      )
        return good();
      if (
        checked.has(`${cells[total]!.row},${cells[total]!.column}`) ||
        paired.has(`${cells[total]!.row},${cells[total]!.column}`)
      )
        return good();
      return {
        bytes: await savedElsewhere(form, values, { set: { [address(total)]: Number(values[total]) + 9 } }),
        expected: [`total-mismatch ${address(total)}`],
        counted: values,
      };
    }
  }
}

const codeAndCell = (issue: ReturnIssue) => `${issue.code} ${issue.cell ?? ''}`;

describe('500 returns with planted faults', () => {
  it('reports every fault at its cell, nothing else, and adds up what an independent sum adds up', async () => {
    const random = randomFrom(20250617);
    const received: ReceivedReturn[] = [];
    const plans = new Map<string, Planted & { readonly k: number; readonly fault: Fault }>();
    for (let n = 0; n < 500; n++) {
      const k = n % tables.length;
      const unit = units[Math.floor(n / tables.length)]!;
      const fault = faults[Math.floor(random() * faults.length)]!;
      const planted = await plant(fault, k, unit, random);
      const fileName = `${n}-${fault}.xlsx`;
      plans.set(fileName, { ...planted, k, fault });
      const result = await readReturn(planted.bytes, fileName, current);
      received.push({ result, receivedAt: '2025-06-16T02:00:00Z' });
    }
    const list = units.map((name) => ({ name, parent: null, code: null, aliases: [], reports: true }));
    const collection = collect(current, received, emptyCollectState(), {
      period,
      units: list,
      now: '2025-06-20T00:00:00Z',
    });

    const wrong: string[] = [];
    for (const [fileName, plan] of plans) {
      const reported = collection.issues
        .filter((issue) => issue.fileName === fileName && issue.severity !== 'info')
        .map(codeAndCell);
      const fits =
        reported.length === plan.expected.length &&
        plan.expected.every((expected, i) => {
          const [code, ...cells] = expected.split(/ (?:or )?/);
          return cells.some((cell) => reported[i] === `${code} ${cell}`);
        });
      if (!fits) wrong.push(`${fileName}: ${plan.expected.join('; ')} ≠ ${reported.join('; ')}`);
    }
    expect(wrong).toEqual([]);

    for (const [k, form] of current.entries()) {
      const counted = [...plans.values()].filter((plan) => plan.k === k && plan.counted !== null);
      const sums = entryCells(form).map((cell, i) => {
        if (cell.entry!.type !== 'whole' && cell.entry!.type !== 'decimal') return null;
        const numbers = counted.map((plan) => plan.counted![i]).filter((value) => typeof value === 'number');
        return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + Math.round(value * 100), 0) / 100;
      });
      const consolidated = collection.consolidated.find((one) => one.formHash === form.identity.structureHash)!;
      expect(consolidated.values).toEqual(sums);
      expect(consolidated.reported).toBe(counted.length);
    }
  }, 120_000);
});
