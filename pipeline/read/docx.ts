import { HongtouError, type Layout, type SourceFile } from '../../models/index.ts';

export async function readDocx(input: SourceFile): Promise<Layout> {
  throw new HongtouError('UNSUPPORTED_FORMAT', { fileName: input.fileName, detail: 'a file of a kind' });
}
