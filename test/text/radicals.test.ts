import { expect, test } from 'vitest';
import { foldLine } from '../../models/text/normalize.ts';

test('radicals for which a PDF took whole characters are those characters again', () => {
  expect(foldLine('⻘溪县⻝品安全⻔店⻋辆⽇期').text).toBe('青溪县食品安全门店车辆日期');
});
test('a radical that is no character of its own stays', () => {
  expect(foldLine('⺅⺡').text).toBe('⺅⺡');
});
