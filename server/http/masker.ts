import type { FileId } from '../../models/api/library.ts';
import { maskStrings } from '../maskContacts.ts';
import type { Context } from './route.ts';

/**
 * What makes parts of files fit to be answered: where the setting says so, the texts in them lose the numbers and
 * addresses of persons, those that the file itself names as contacts in any form, and all that look like such.
 */
export async function maskerFor(
  { library, config }: Pick<Context, 'library' | 'config'>,
  fileIds: readonly FileId[],
): Promise<<T>(fileId: FileId, part: T) => T> {
  if (!config.maskContacts) return (_fileId, part) => part;
  const known = await library.store.contactNumbers([...new Set(fileIds)]);
  return (fileId, part) => maskStrings(part, known.get(fileId) ?? []);
}
