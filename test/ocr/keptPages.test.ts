import { describe, expect, it } from 'vitest';
import type { PageKey, PageStore } from '../../pipeline/ocr/keptPages.ts';
import { read } from '../../pipeline/read/index.ts';
import { type RecognizeFileOptions, recognizeFile } from '../../pipeline/recognizeFile.ts';
import { deafReader, drawnPage, enginesOf, noticePage, pdfOf } from './drawnPages.ts';

/** A store in memory. */
function memory(): PageStore & { readonly kept: Map<string, string>; keys(): PageKey[] } {
  const kept = new Map<string, string>();
  return {
    kept,
    keys: () => [...kept.keys()].map((key) => JSON.parse(key) as PageKey),
    get: async (key) => kept.get(JSON.stringify(key)) ?? null,
    put: async (key, json) => void kept.set(JSON.stringify(key), json),
  };
}

describe('Pages that are kept', { timeout: 240_000 }, async () => {
  const file = await pdfOf(await Promise.all([1, 2, 3, 4, 5].map(noticePage)));
  const layout = await read(file);
  const recognized = async (options: RecognizeFileOptions) => {
    const pages: number[] = [];
    const result = await recognizeFile(layout, file, {
      engines: enginesOf(deafReader()),
      onPage: (page) => pages.push(page),
      ...options,
    }).catch((error: unknown) => (error instanceof Error ? error.name : String(error)));
    return { result, pages };
  };

  it('are not recognised again after the work was broken off, and give the same result', async () => {
    const whole = await recognized({});
    const pages = memory();
    const stop = new AbortController();
    const broken = await recognized({
      pages,
      signal: stop.signal,
      onPage: (page) => {
        if (page === 4) stop.abort();
      },
    });
    expect(broken.result).toBe('AbortError');
    const kept = pages.keys().map(({ page }) => page);
    expect(kept).toHaveLength(2);
    const again = await recognized({ pages });
    expect(again.pages).toEqual([1, 2, 3, 4, 5].filter((page) => !kept.includes(page)));
    expect(again.result).toEqual(whole.result);
    const third = await recognized({ pages });
    expect(third.pages).toEqual([]);
    expect(third.result).toEqual(whole.result);
  });

  it('of a long file let the engines go before they are put together, of a short one they stay for the next file', async () => {
    const picture = await noticePage(1);
    const empty = JSON.stringify({ read: { parts: [], unreadable: null }, diagnostics: [] });
    const releases = async (count: number) => {
      const scan = await pdfOf(Array.from({ length: count }, () => picture));
      let times = 0;
      await recognizeFile(await read(scan), scan, {
        open: async () => enginesOf(deafReader()),
        release: async () => {
          times++;
        },
        pages: { get: async () => empty, put: async () => {} },
      });
      return times;
    };
    expect([await releases(3), await releases(60)]).toEqual([0, 1]);
  });

  it('are known by the file, the page and the engines', async () => {
    const pages = memory();
    await recognized({ pages });
    expect(
      pages
        .keys()
        .map(({ page }) => page)
        .sort(),
    ).toEqual([1, 2, 3, 4, 5]);
    expect(pages.keys()[0]).toMatchObject({ engine: 'pp', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const engines = enginesOf(deafReader(), deafReader('测试文字一行', 'tesseract'));
    expect((await recognized({ pages, engines })).pages).toEqual([1, 2, 3, 4, 5]);
    const other = await pdfOf([await drawnPage(['另一份通知'])]);
    const seen: number[] = [];
    await recognizeFile(await read(other), other, {
      engines: enginesOf(deafReader()),
      pages,
      onPage: (page) => seen.push(page),
    });
    expect(seen).toEqual([1]);
  });

  it('that were cut off are recognised again', async () => {
    const pages = memory();
    const whole = await recognized({ pages });
    for (const [key, json] of pages.kept) if (key.includes('"page":2,')) pages.kept.set(key, json.slice(0, 50));
    const again = await recognized({ pages });
    expect(again.pages).toEqual([2]);
    expect(again.result).toEqual(whole.result);
  });
});
