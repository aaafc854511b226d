import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { renderHtml } from '../../corpus/generator/html.ts';
import { randomNotice } from '../../corpus/generator/randomNotice.ts';
import { NoticeSpec } from '../../corpus/generator/spec.ts';
import { renderText } from '../../corpus/generator/text.ts';
import { Gold } from '../../corpus/gold.ts';
import type { LayoutBlock } from '../../models/index.ts';
import { readHtml } from '../../pipeline/read/html.ts';

const folder = fileURLToPath(new URL('../../corpus/notices', import.meta.url));
const specs = readdirSync(folder).map((id) =>
  NoticeSpec.parse(JSON.parse(readFileSync(`${folder}/${id}/notice.json`, 'utf8'))),
);
const bare = (text: string): string => text.replace(/[\s\u3000]/g, '');

const textOf = (block: LayoutBlock): string => {
  if (block.type === 'line') return bare(block.text);
  return block.type === 'table'
    ? block.cells.map((cell) => cell.lines.map((line) => bare(line.text)).join('')).join('\t')
    : '';
};

describe('pages of government sites', () => {
  test.each([1, 2, 3, 4, 5, 6])(
    'nothing of the notice is lost and nothing of the site is taken for it: manner %i',
    async (seed) => {
      for (const spec of specs) {
        const page = (await readHtml({ fileName: 'a.html', bytes: renderHtml(spec, { seed }) })).pages[0]!;
        const read = page.blocks.map(textOf);
        const printed = renderText(spec)
          .split(/[\n\t]/)
          .map(bare)
          .filter(Boolean);
        // Where the page says letterhead and number in its metadata, the article may leave them out.
        const head = [
          ...(spec.letterhead?.bodies.map((body) => bare(`${body}文件`)) ?? []),
          ...(spec.letterhead?.bodies ?? []),
          bare(spec.documentNumber ?? ''),
        ];
        const all = read.join('');
        expect(
          printed.filter((line) => !all.includes(line) && !head.includes(line)),
          spec.id,
        ).toEqual([]);
        const notice = printed.join('');
        const own = page.blocks.filter((block) => block.type === 'line' && block.role === null).map(textOf);
        expect(
          own.filter((line) => !notice.includes(line)),
          spec.id,
        ).toEqual([]);
      }
    },
  );

  test('the same seed makes the same bytes', () => {
    expect(renderHtml(specs[0]!, { seed: 7 })).toEqual(renderHtml(specs[0]!, { seed: 7 }));
    expect(renderHtml(specs[0]!, { seed: 7 })).not.toEqual(renderHtml(specs[0]!, { seed: 8 }));
  });
});

describe('notices made at random', () => {
  const made = Array.from({ length: 60 }, (_, seed) => randomNotice(seed));
  test('are sound, and so is their gold', () => {
    for (const { spec, gold } of made) {
      expect(NoticeSpec.safeParse(spec).error).toBeUndefined();
      expect(Gold.safeParse({ file: spec.id, notices: [gold] }).error).toBeUndefined();
    }
  });
  test('are the same for the same seed and differ otherwise', () => {
    expect(randomNotice(3)).toEqual(randomNotice(3));
    expect(new Set(made.map(({ spec }) => renderText(spec))).size).toBe(made.length);
  });
});
