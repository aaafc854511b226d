import { afterEach, expect, test, vi } from 'vitest';
import { tellTrouble } from '../../pipeline/ocr/tellTrouble.ts';

afterEach(() => vi.restoreAllMocks());

test('trouble is told in one plain line, once for all pages that have it', () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  for (const page of [4, 5, 6]) tellTrouble('a page cannot be recognised', new Error('bad marker\n  at 0x3f'), page);
  tellTrouble('a page cannot be recognised', new Error('no data'), 6);
  expect(written.mock.calls.map(([line]) => line)).toEqual([
    'hongtou: page 4: a page cannot be recognised: bad marker at 0x3f\n',
    'hongtou: page 6: a page cannot be recognised: no data\n',
  ]);
});
