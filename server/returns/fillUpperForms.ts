import type { FilledUpper } from '../../models/api/collection.ts';
import { type Consolidated, type FormModel, type Notice, tableOfForm } from '../../models/index.ts';
import { canAddUp } from '../../pipeline/compare/tableMapping.ts';
import { fillUpper } from '../../pipeline/returns/fillUpper.ts';
import { formModels } from '../../pipeline/template/formModel.ts';

/**
 * The statistics forms of the upper level's notices, each filled from whichever of our tables fits it best, for its last
 * period. `forms`: ours, every version.
 */
export function fillUpperForms(
  forms: readonly FormModel[],
  all: readonly Consolidated[],
  notices: readonly Notice[],
): readonly FilledUpper[] {
  const ours = all.flatMap((consolidated) => {
    const form = forms.find((one) => one.identity.structureHash === consolidated.formHash);
    return form?.kind === 'statistics' && !form.records ? [{ form, consolidated }] : [];
  });
  return notices.flatMap((notice) =>
    formModels(notice)
      .filter((form) => form.kind === 'statistics' && !form.records)
      .flatMap((blank): FilledUpper[] => {
        const [best] = ours
          .map(({ form, consolidated }) => {
            const mapping = canAddUp(tableOfForm(blank), tableOfForm(form));
            const sources = [...mapping.rows.sources, ...mapping.columns.sources];
            return { form, consolidated, mapping, found: sources.filter((source) => source.lower.length > 0).length };
          })
          .sort((a, b) => b.found - a.found || b.consolidated.period.localeCompare(a.consolidated.period));
        if (best === undefined || best.found === 0) return [];
        const { period, tableTitle } = best.consolidated;
        const dated = formModels(notice, { period })[blank.identity.tableNumber - 1] ?? blank;
        const filled = fillUpper(dated, best.form, best.consolidated.values, best.mapping);
        return [{ form: dated, ours: { tableTitle, period }, ...filled }];
      }),
  );
}
