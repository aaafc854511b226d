import { type FormIdentity, type FormModel, foldLabel } from '../../models/index.ts';

/** What stays the same over the versions of a form: its notice and its place in it. */
export function tableKey(identity: Pick<FormIdentity, 'documentNumber' | 'noticeTitle' | 'tableNumber'>): string {
  return `${foldLabel(identity.documentNumber ?? identity.noticeTitle ?? '')}#${identity.tableNumber}`;
}

/** The forms that hold: of each table the last version. */
export function currentForms(forms: readonly FormModel[]): readonly FormModel[] {
  const byTable = new Map<string, FormModel>();
  for (const form of forms) byTable.set(tableKey(form.identity), form);
  return [...byTable.values()];
}
