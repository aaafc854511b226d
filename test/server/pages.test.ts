import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { renderOfd } from '../../corpus/generator/ofd.ts';
import { DoubtfulLine, Extraction, PageView } from '../../models/index.ts';
import { ofdOf, text } from '../read/ofdOf.ts';
import { sampleSpec } from '../read/sampleSpec.ts';
import { type Client, expectProblem, jsonOf, runServer } from './running.ts';

let server: Client;
beforeAll(async () => {
  server = await runServer();
});
afterAll(() => server.close());

const Pages = z.object({ pages: z.array(z.looseObject({ page: z.int() })), doubtful: z.array(DoubtfulLine) });

describe('The pages of a file', () => {
  it('are what is printed on them, where the facts say that they stand', async () => {
    const { bytes } = await renderOfd(sampleSpec, { seed: 3 });
    const { file } = await server.put('通知.ofd', new Uint8Array(bytes));
    const { pages, doubtful } = await jsonOf(server.get(`/api/files/${file.fileId}/pages`), Pages);
    expect(pages[0]).toEqual({ page: 1, width: 595.3, height: 841.9, textOrigin: 'text' });
    expect(doubtful).toEqual([]);
    const views = await Promise.all(
      pages.map(({ page }) => jsonOf(server.get(`/api/files/${file.fileId}/pages/${page}`), PageView)),
    );
    expect(views.flatMap((view) => view.cells).length).toBeGreaterThan(10);
    expect(views.some((view) => view.seals.length > 0)).toBe(true);
    expect(views[0]?.rules.some((rule) => rule.color === 'red')).toBe(true);
    const extraction = await jsonOf(server.get(`/api/files/${file.fileId}/extraction`), Extraction);
    for (const { page, boxes, quote } of extraction.notices[0]?.documentNumber?.evidence ?? []) {
      const [x0, y0, x1, y1] = boxes?.[0] ?? [0, 0, 0, 0];
      const here = views[page - 1]?.lines.filter(
        ({ box }) => box[0] <= x1 && box[2] >= x0 && box[1] <= y1 && box[3] >= y0,
      );
      expect(here?.map((line) => line.text).join('')).toContain(quote);
    }
    await expectProblem(await server.get(`/api/files/${file.fileId}/pages/99`), 404, 'NOT_FOUND');
    await expectProblem(await server.get(`/api/files/${file.fileId}/pages/x`), 400, 'BAD_REQUEST');
  });

  it('give the picture that lies on them, as one that every browser shows', async () => {
    const black = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#000' } })
      .tiff()
      .toBuffer();
    const { bytes } = ofdOf({
      pages: [
        `${text('云山县粮食和物资储备局通知', 30, 40)}<ofd:ImageObject Boundary="100 200 40 40" CTM="40 0 0 40 0 0" ResourceID="3"/>`,
      ],
      common: '<ofd:DocumentRes>Res.xml</ofd:DocumentRes>',
      files: {
        'Doc_0/Res.xml':
          '<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016" BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="3" Type="Image"><ofd:MediaFile>a.tif</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>',
        'Doc_0/Res/a.tif': new Uint8Array(black),
      },
    });
    const { file } = await server.put('带图.ofd', new Uint8Array(bytes));
    const response = await server.get(`/api/files/${file.fileId}/pages/1/picture`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    const { data, info } = await sharp(await response.arrayBuffer())
      .raw()
      .toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) =>
      data[(Math.round((y / 297) * info.height) * info.width + Math.round((x / 210) * info.width)) * info.channels];
    expect(at(120, 220)).toBeLessThan(32);
    expect(at(60, 220)).toBeGreaterThan(224);
  });

  it('are none where the format has none', async () => {
    const { file } = await server.put('通知.txt', '云山县民政局关于养老机构检查的通知\n各养老机构：\n请自查。\n');
    expect(await jsonOf(server.get(`/api/files/${file.fileId}/pages`), Pages)).toEqual({ pages: [], doubtful: [] });
    await expectProblem(await server.get(`/api/files/${file.fileId}/pages/1/picture`), 404, 'NOT_FOUND');
    await expectProblem(await server.get(`/api/files/${'0'.repeat(64)}/pages`), 404, 'NOT_FOUND');
  });
});
