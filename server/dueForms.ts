import type { FormModel, Notice } from '../models/index.ts';
import { dueDate } from '../pipeline/returns/dueDate.ts';
import { type FormOptions, formModels } from '../pipeline/template/formModel.ts';

/** All forms that notices prescribe; the day on which each is due stands beneath it when the period is known. */
export function dueForms(notices: readonly Notice[], options: FormOptions): readonly FormModel[] {
  return notices.flatMap((notice) =>
    formModels(notice, options).map((form) => {
      const due = options.period ? dueDate(form, options.period) : null;
      if (due === null) return form;
      return formModels(notice, { ...options, dueDate: due.date })[form.identity.tableNumber - 1] ?? form;
    }),
  );
}
