import { HongtouError, type Layout, type SourceFile } from '../../models/index.ts';

export async function readThroughOffice(input: SourceFile): Promise<Layout> {
  throw new HongtouError('CONVERTER_MISSING', { fileName: input.fileName, format: 'Office' });
}
