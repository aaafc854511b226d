import { expect, it } from 'vitest';
import { foldCharacter, foldLine } from '../../models/text/normalize.ts';
import { radicalCharacters } from '../../models/text/radicals.ts';

it('folds every radical to a character outside the blocks of radicals', () => {
  for (const [radical, character] of radicalCharacters) {
    expect(radical).toMatch(/^[\u2e80-\u2fdf]$/);
    expect(character).toMatch(/^[\u4e00-\u9fff]$/);
    expect(foldCharacter(radical)).toBe(character);
  }
});

it('folds the text of a page printed by a browser', () => {
  const printed = '⻘杙区⻝品安全部⻔，⼊⼾检查⼀次，⼈⺠政府';
  expect([...printed].map(foldCharacter).join('')).toBe('青杙区食品安全部门，入户检查一次，人民政府');
});

it('radicals for which a PDF took whole characters are those characters again', () => {
  expect(foldLine('⻘溪县⻝品安全⻔店⻋辆⽇期').text).toBe('青溪县食品安全门店车辆日期');
});

it('a radical that is no character of its own stays', () => {
  expect(foldLine('⺅⺡').text).toBe('⺅⺡');
});
