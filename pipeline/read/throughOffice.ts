import { HongtouError, type Layout, type SourceFile } from '../../models/index.ts';

export type OfficeFormat = 'doc' | 'wps' | 'rtf' | 'odt';

export async function readThroughOffice(input: SourceFile, format: OfficeFormat): Promise<Layout> {
  throw new HongtouError('CONVERTER_MISSING', { fileName: input.fileName, format: `.${format}` });
}
