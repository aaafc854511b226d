import { z } from 'zod';
import type { FormModel } from '../models/index.ts';
import { formJsonSchema } from '../pipeline/template/formJsonSchema.ts';
import { renderCsv } from '../pipeline/template/renderCsv.ts';
import { renderDocx } from '../pipeline/template/renderDocx.ts';
import { renderXlsx } from '../pipeline/template/renderXlsx.ts';
import type { TextForm } from '../pipeline/template/textForm.ts';

/** What blank forms are made as. */
export const FormFormat = z.enum(['xlsx', 'docx', 'csv', 'schema']);
export type FormFormat = z.infer<typeof FormFormat>;

export const formEndings: Readonly<Record<FormFormat, string>> = {
  xlsx: '.xlsx',
  docx: '.docx',
  csv: '.csv',
  schema: '.json',
};

export const formTypes: Readonly<Record<FormFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  csv: 'text/csv; charset=utf-8',
  schema: 'application/schema+json',
};

/** Forms in one file. `texts`: forms without a table, which only a document can hold. */
export async function renderForms(
  format: FormFormat,
  forms: readonly FormModel[],
  texts: readonly TextForm[],
): Promise<Uint8Array> {
  switch (format) {
    case 'xlsx':
      return renderXlsx(forms);
    case 'docx':
      return renderDocx([...forms, ...texts]);
    case 'csv':
      return new TextEncoder().encode(forms.map(renderCsv).join('\r\n'));
    case 'schema': {
      const schemas = forms.map(formJsonSchema);
      return new TextEncoder().encode(`${JSON.stringify(schemas.length === 1 ? schemas[0] : schemas, null, 2)}\n`);
    }
  }
}
