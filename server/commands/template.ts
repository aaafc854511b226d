import path from 'node:path';
import { type FormModel, HongtouError, Period, type ReportingUnit } from '../../models/index.ts';
import { readUnits } from '../../pipeline/returns/readUnits.ts';
import type { FormOptions } from '../../pipeline/template/formModel.ts';
import { type TextForm, textForms } from '../../pipeline/template/textForm.ts';
import { zipUnitForms } from '../../pipeline/template/unitForms.ts';
import { dueForms } from '../dueForms.ts';
import { readInput } from '../inputFile.ts';
import { type NamedNotices, readNotices } from '../namedNotices.ts';
import { type FormFormat, formEndings, renderForms } from '../renderForms.ts';
import { writeOutput } from '../writeOutput.ts';
import type { Command } from './command.ts';

export const template: Command = {
  usage:
    'template FILE[#n2] -o OUT.xlsx|.docx|.csv|.json|.zip [--table N] [--period 2025-06] [--unit NAME] ' +
    '[--all-units UNITS.csv] [--csv] [--schema] [--form-version N]',
  summary: 'the blank forms that a notice prescribes; with --all-units one file per unit, zipped',
  options: {
    output: { type: 'string', short: 'o' },
    table: { type: 'string' },
    period: { type: 'string' },
    unit: { type: 'string' },
    'all-units': { type: 'string' },
    csv: { type: 'boolean' },
    schema: { type: 'boolean' },
    'form-version': { type: 'string' },
  },
  arguments: [1, 1],
  async run({ positionals, flags, config, io, signal }) {
    const asked = parseFlags(flags);
    if (typeof asked === 'string') {
      io.err(`hongtou: ${asked}. Usage: ${template.usage}`);
      return 2;
    }
    const argument = positionals[0]!;
    const named = await readNotices(argument, config, signal);
    if (asked.allUnits !== null) {
      const units = await readUnits((await readInput(asked.allUnits)).bytes, asked.allUnits);
      if (!units.some((unit) => unit.reports)) {
        throw new HongtouError('FILE_DAMAGED', { fileName: asked.allUnits, reason: 'it names no unit that reports' });
      }
      const render = (unit: ReportingUnit) => renderAsked(named, asked, { ...asked.options, unit: unit.name });
      const zipped = await zipUnitForms(units, formEndings[asked.format], render);
      await writeOutput(asked.output!, zipped);
      io.err(`${asked.output}: ${units.filter((unit) => unit.reports).length} units`);
      return 0;
    }
    const content = await renderAsked(named, asked, asked.options);
    if (asked.output === null) await io.out(new TextDecoder().decode(content));
    else await writeOutput(asked.output, content);
    for (const { title, diagnostics } of forms(named, asked, asked.options)) {
      for (const { message } of diagnostics) io.err(`${title}: ${message}`);
    }
    return 0;
  },
};

interface Asked {
  readonly format: FormFormat;
  /** null: standard output. */
  readonly output: string | null;
  /** Over all attachments of the file, from 1; null: all tables. */
  readonly table: number | null;
  readonly allUnits: string | null;
  readonly options: FormOptions;
}

/** The flags, or what is wrong with them. */
function parseFlags(flags: Readonly<Record<string, string | boolean | undefined>>): Asked | string {
  const text = (name: string) => {
    const value = flags[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const output = text('output');
  const allUnits = text('all-units');
  const ending = output === null ? '' : path.extname(output).toLowerCase();
  const byEnding = new Map<string, FormFormat>([
    ['.xlsx', 'xlsx'],
    ['.docx', 'docx'],
    ['.csv', 'csv'],
    ['.json', 'schema'],
  ]).get(ending);
  const format: FormFormat | undefined =
    flags.csv === true
      ? 'csv'
      : flags.schema === true
        ? 'schema'
        : (byEnding ?? (allUnits !== null ? 'xlsx' : undefined));
  if (format === undefined) return 'the forms need a file to go to (-o OUT.xlsx or OUT.docx), or --csv or --schema';
  if (output === null && (format === 'xlsx' || format === 'docx')) return 'the forms need a file to go to (-o)';
  if (allUnits !== null && ending !== '.zip') return 'the forms of all units go into an archive (-o OUT.zip)';
  if (allUnits !== null && text('unit') !== null) return '--unit and --all-units cannot be used together';
  const number = (name: string) => {
    const value = text(name);
    return value === null ? null : /^[1-9]\d{0,3}$/.test(value) ? Number(value) : Number.NaN;
  };
  const table = number('table');
  const version = number('form-version');
  if (Number.isNaN(table) || Number.isNaN(version)) return '--table and --form-version take a whole number from 1';
  const period = text('period');
  if (period !== null && !Period.safeParse(period).success) {
    return `"${period}" is no period: 2025-06, 2025-Q2, 2025-H1, 2025-W23 or 2025`;
  }
  return { format, output, table, allUnits, options: { period, unit: text('unit'), ...(version && { version }) } };
}

/** The asked forms with tables. */
function forms({ fileName, notices }: NamedNotices, asked: Asked, options: FormOptions): readonly FormModel[] {
  const all = dueForms(notices, options);
  if (asked.table === null) return all;
  const one = all[asked.table - 1];
  if (all.length > 0 && one === undefined) {
    throw new HongtouError('NO_SUCH_TABLE', { fileName, table: asked.table, count: all.length });
  }
  return one === undefined ? [] : [one];
}

async function renderAsked(named: NamedNotices, asked: Asked, options: FormOptions): Promise<Uint8Array> {
  const models = forms(named, asked, options);
  const texts: readonly TextForm[] =
    asked.format === 'docx' && asked.table === null
      ? named.notices.flatMap((notice) => textForms(named.extraction, notice))
      : [];
  if (models.length === 0 && texts.length === 0) throw new HongtouError('NO_TABLE', { fileName: named.fileName });
  return renderForms(asked.format, models, texts);
}
