import { describe, expect, it } from 'vitest';
import type { LayoutPage } from '../../models/index.ts';
import { readPdf } from '../../pipeline/read/pdf.ts';
import { rawPage, stream } from './rawPdf.ts';

const firstPage = async (bytes: Uint8Array): Promise<LayoutPage> =>
  (await readPdf({ fileName: 'a.pdf', bytes })).pages[0]!;
const texts = (page: LayoutPage): string[] =>
  page.blocks.map((block) => (block.type === 'line' ? block.text : block.type));
/** Enough text that the page is no picture. */
const body = 'BT /F 12 Tf 50 500 Td (a line of ordinary text on the page) Tj ET ';

describe('text', () => {
  it('stands where the operators put it: matrices, leading, spacing, scale, rise', async () => {
    const page = await firstPage(
      rawPage(
        'q 1 0 0 1 10 20 cm BT /F 10 Tf 14 TL 40 680 Td (ab) Tj T* 2 Tc 50 Tz (ab) Tj ET Q BT 1 0 0 1 50 600 Tm 5 Ts /F 10 Tf (up) Tj ET',
      ),
    );
    const [first, second, third] = page.blocks.map((block) => (block.type === 'line' ? block : null));
    // Helvetica: a and b are 0.556 em wide.
    expect(first!.edges).toEqual([50, 55.56, 61.12]);
    expect(first!.box![1]).toBeCloseTo(800 - 700 - 8.8, 1);
    // Two points of spacing and half the width: the gap is shared by its neighbours.
    expect(second!.edges![0]).toBe(50);
    expect(second!.edges![1]).toBeCloseTo(53.28, 2);
    expect(second!.edges![2]).toBeCloseTo(56.56, 2);
    expect(third!.box![3]).toBeCloseTo(800 - 605 + 1.7, 1);
  });

  it('is bold where fill and stroke are drawn together, red where it is red', async () => {
    const page = await firstPage(rawPage('BT /F 20 Tf 2 Tr 1 0 0 rg 50 700 Td (Heading) Tj ET'));
    expect(page.blocks[0]).toMatchObject({ text: 'Heading', bold: true, color: 'red', fontSize: 20 });
  });

  it('from hidden layers and outside the clip is left out', async () => {
    const page = await firstPage(
      rawPage(
        `/OC /Off BDC BT /F 12 Tf 50 700 Td (draft) Tj ET EMC
         q 0 0 300 400 re W n BT /F 12 Tf 50 650 Td (cut away) Tj ET Q ${body}`,
        {
          resources: '/Properties << /Off 6 0 R >>',
          more: ['<< /Type /OCG /Name (draft) >>'],
          catalog: '/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>',
        },
      ),
    );
    expect(texts(page)).toEqual(['a line of ordinary text on the page']);
  });

  it('printed invisibly below a scan is read with less confidence, and said', async () => {
    const layout = await readPdf({ fileName: 'a.pdf', bytes: rawPage(`3 Tr ${body}`) });
    expect(layout.pages[0]!.blocks[0]).toMatchObject({ confidence: 0.8 });
    expect(layout.diagnostics.map((d) => d.code)).toEqual(['hidden-text-layer']);
  });

  it('in forms and in the appearances of annotations is part of the page', async () => {
    const form = stream(
      'BT /F 12 Tf 0 0 Td (in a form) Tj ET',
      '/Type /XObject /Subtype /Form /BBox [0 -5 200 20] /Resources << /Font << /F 5 0 R >> >>',
    );
    const stamp = stream(
      'BT /F 12 Tf 2 4 Td (stamped) Tj ET',
      '/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F 5 0 R >> >>',
    );
    const page = await firstPage(
      rawPage(`q 1 0 0 1 50 600 cm /X Do Q ${body}`, {
        resources: '/XObject << /X 6 0 R >>',
        page: '/Annots [8 0 R]',
        more: [form, stamp, '<< /Type /Annot /Subtype /Stamp /F 4 /Rect [300 300 400 320] /AP << /N 7 0 R >> >>'],
      }),
    );
    expect(texts(page)).toEqual(['in a form', 'a line of ordinary text on the page', 'stamped']);
    expect(page.blocks[2]!.box![0]).toBeCloseTo(302, 0);
  });

  it('on a page in larger units is measured in points', async () => {
    const page = await firstPage(rawPage('BT /F 10 Tf 50 700 Td (ab) Tj ET', { page: '/UserUnit 2' }));
    expect([page.width, page.height]).toEqual([1200, 1600]);
    expect(page.blocks[0]).toMatchObject({ fontSize: 20, edges: [100, 111.12, 122.24] });
  });
});

describe('what is drawn', () => {
  it('makes a table of thin filled rectangles, as word processors draw borders', async () => {
    const horizontal = [700, 670, 640].map((y) => `50 ${y} 400.5 0.5 re f`);
    const vertical = [50, 200, 450].map((x) => `${x} 640 0.5 60.5 re f`);
    const page = await firstPage(
      rawPage(`${[...horizontal, ...vertical].join(' ')} BT /F 12 Tf 60 680 Td (label) Tj ET ${body}`),
    );
    const table = page.blocks.find((block) => block.type === 'table');
    expect(table).toMatchObject({ rowCount: 2, columnCount: 2 });
    expect(table!.cells.map((cell) => cell.lines.map((line) => line.text))).toEqual([['label'], [], [], []]);
  });

  it('makes no table of white strokes', async () => {
    const page = await firstPage(
      rawPage(`1 1 1 RG 50 640 400 60 re S 250 640 m 250 700 l S 50 670 m 450 670 l S ${body}`),
    );
    expect(texts(page)).toEqual(['a line of ordinary text on the page']);
  });

  const picture = (red: number, green: number, blue: number): string =>
    stream(
      String.fromCharCode(red, green, blue).repeat(400),
      '/Type /XObject /Subtype /Image /Width 20 /Height 20 /ColorSpace /DeviceRGB /BitsPerComponent 8',
    );

  it('takes a red square picture of the size of a seal for one, and no other picture', async () => {
    const put = (size: number, more: string) =>
      firstPage(
        rawPage(`q ${size} 0 0 ${size} 300 300 cm /I Do Q ${body}`, {
          resources: '/XObject << /I 6 0 R >>',
          more: [more],
        }),
      );
    expect(texts(await put(119, picture(220, 20, 30)))).toContain('seal');
    expect(texts(await put(119, picture(30, 60, 160)))).toContain('picture');
    expect(texts(await put(30, picture(220, 20, 30)))).toContain('picture');
  });

  it('tells who signed the file and when', async () => {
    const signature = `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 10 20 30] /Contents <00AA>
      /M (D:20250226093005+08'00') /Name <FEFF9752679753BF> >>`;
    const layout = await readPdf({ fileName: 'a.pdf', bytes: rawPage(body, { more: [signature] }) });
    expect(layout.signatures).toEqual([{ signer: '青林县', time: '2025-02-26T09:30:05+08:00', page: null, box: null }]);
  });
});
