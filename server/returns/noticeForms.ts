import { type FormModel, HongtouError, type Notice } from '../../models/index.ts';
import { tableKey } from '../../pipeline/returns/tableKey.ts';
import { formModels } from '../../pipeline/template/formModel.ts';
import type { Library } from '../library.ts';
import type { Actor } from '../store/store.ts';

/** The forms of a notice that something can be filled into. */
export function collectableForms(notice: Notice, version = 1): readonly FormModel[] {
  return formModels(notice, { version }).filter((form) => form.grid.cells.some((cell) => cell.use === 'open'));
}

/**
 * The forms of a notice under the versions by which a collection knows them. A table that reads otherwise than it is
 * collected gets the next version: it counts as soon as the collection takes it up.
 */
export function versionedForms(
  forms: readonly FormModel[],
  collected: readonly FormModel[],
): readonly { readonly form: FormModel; readonly isKnown: boolean }[] {
  return forms.map((form) => {
    const versions = collected.filter((one) => tableKey(one.identity) === tableKey(form.identity));
    const known = versions.findLast((one) => one.identity.structureHash === form.identity.structureHash);
    const version = known?.identity.version ?? Math.max(0, ...versions.map((one) => one.identity.version)) + 1;
    return { form: { ...form, identity: { ...form.identity, version } }, isKnown: known !== undefined };
  });
}

/** Begins to collect on the forms of a notice of the library, or goes on. Throws NO_TABLE, NOT_FOUND, NOT_READ_YET. */
export async function openNoticeCollection(
  { store }: Pick<Library, 'store'>,
  fileId: string,
  noticeId: string,
  actor: Actor,
): Promise<{ readonly collectionId: number; readonly isNew: boolean }> {
  const known = await store.findCollectionOf(fileId, noticeId);
  if (known !== undefined) return { collectionId: known.collectionId, isNew: false };
  const { notice, fileName } = await noticeOfLibrary({ store }, fileId, noticeId);
  const forms = collectableForms(notice);
  if (forms.length === 0) throw new HongtouError('NO_TABLE', { fileName });
  return store.openCollection(
    {
      fileId,
      noticeId,
      title: notice.campaign?.name ?? notice.title?.value ?? fileName,
      documentNumber: notice.documentNumber?.value ?? null,
      issueDate: notice.issueDate?.value ?? null,
      endDate: notice.campaign?.endDate ?? null,
      forms,
    },
    actor,
  );
}

/** One notice of the library as it was read. Throws NOT_FOUND, NOT_READ_YET. */
export async function noticeOfLibrary(
  { store }: Pick<Library, 'store'>,
  fileId: string,
  noticeId: string,
): Promise<{ readonly notice: Notice; readonly fileName: string }> {
  const file = await store.findFile(fileId);
  if (file === undefined) throw new HongtouError('NOT_FOUND', { what: `File ${fileId}` });
  const stored = await store.findExtraction(fileId);
  if (stored === undefined) throw new HongtouError('NOT_READ_YET', { fileName: file.fileName });
  const notice = stored.extraction.notices.find((one) => one.id === noticeId);
  if (notice === undefined) throw new HongtouError('NOT_FOUND', { what: `Notice ${noticeId} of this file` });
  return { notice, fileName: file.fileName };
}
