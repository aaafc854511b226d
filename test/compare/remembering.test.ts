import { expect, test } from 'vitest';
import { remembering } from '../../pipeline/compare/remembering.ts';

test('a text is read once while it is remembered, and what is remembered stays bounded', () => {
  const read: string[] = [];
  const lengthOf = remembering(2, (text) => {
    read.push(text);
    return text.length;
  });
  expect(['消防', '消防', '燃气站', '消防', '校车', '消防'].map(lengthOf)).toEqual([2, 2, 3, 2, 2, 2]);
  expect(read).toEqual(['消防', '燃气站', '校车', '消防']);
});
