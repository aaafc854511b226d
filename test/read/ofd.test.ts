import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { Layout } from '../../models/index.ts';
import { ofdPageImages, readOfd } from '../../pipeline/read/ofd.ts';
import { linesOf, ofdNamespace, ofdOf, pageXml, path, readFirst, tablesOf, text, textsOf } from './ofdOf.ts';

const mm = 72 / 25.4;
const notice = '关于开展农村饮用水安全检查的通知';
const about = (values: readonly number[] | null | undefined) => (values ?? []).map((value) => Math.round(value / mm));

describe('readOfd: text', () => {
  it('gives a layout that the schema accepts, with a box in points and an edge per character', async () => {
    const layout = await readOfd(ofdOf({ pages: [text(notice, 30, 40)] }));
    expect(Layout.parse(layout)).toEqual(layout);
    const [line] = linesOf(layout.pages[0]);
    expect(line?.text).toBe(notice);
    expect(about(line?.box)).toEqual([30, 40, 110, 45]);
    expect(about(line?.edges).slice(0, 3)).toEqual([30, 35, 40]);
    expect(line?.fontSize).toBeCloseTo(14.2, 1);
    expect([layout.pages[0]?.width, layout.pages[0]?.height].map((size) => Math.round(size!))).toEqual([595, 842]);
  });

  it('orders text by where it stands, not by its place in the file', async () => {
    const pages = [text('第三行', 30, 60) + text('右', 60, 40) + text('第一行', 30, 40) + text('第二行', 30, 50)];
    const lines = linesOf(await readFirst({ pages })).map((line) => line.text.replace(/\s+/g, ' '));
    expect(lines).toEqual(['第一行 右', '第二行', '第三行']);
  });

  it.each([
    ['numbers alone', 'DeltaX="5 5 5"', [30, 35, 40, 45, 50]],
    ['a run', 'DeltaX="g 3 5"', [30, 35, 40, 45, 50]],
    ['runs and numbers', 'DeltaX="g 2 5 6"', [30, 35, 40, 46, 51]],
    ['a run that claims too much', 'DeltaX="g 999999999 5"', [30, 35, 40, 45, 50]],
    ['nothing', '', [30, 35, 40, 45, 50]],
  ])('places characters by offsets: %s', async (_, deltas, edges) => {
    const [line] = linesOf(await readFirst({ pages: [text('一二三四', 30, 40, { code: `X="0" Y="4.4" ${deltas}` })] }));
    expect(about(line?.edges)).toEqual(edges);
  });

  it('takes up the place of the text code before where one states none', async () => {
    const inside = '<ofd:TextCode X="0" Y="4.4" DeltaX="5">甲乙</ofd:TextCode><ofd:TextCode X="10">丙</ofd:TextCode>';
    const [line] = linesOf(await readFirst({ pages: [text('丁', 30, 40, { inside, code: 'X="15"' })] }));
    expect(line?.text).toBe('甲乙丙丁');
  });

  it('applies the CTM to sizes and offsets', async () => {
    const object = 'CTM="2 0 0 2 10 0"';
    const [line] = linesOf(await readFirst({ pages: [text('甲乙', 30, 40, { object })] }));
    expect(about(line?.box)).toEqual([40, 40, 60, 51]);
    expect(line?.fontSize).toBeCloseTo(28.3, 1);
  });

  it('reads a page whose text is turned', async () => {
    // A quarter turn clockwise: x' = -y, y' = x.
    const turned = (content: string, x: number) => text(content, x, 30, { object: 'CTM="0 1 -1 0 0 0"' });
    const page = await readFirst({ pages: [turned('第一行文字在右', 100) + turned('第二行文字在左', 80)] });
    expect(linesOf(page).map((line) => line.text)).toEqual(['第一行文字在右', '第二行文字在左']);
  });

  it('reads text written from top to bottom, its characters upright', async () => {
    const object = 'ReadDirection="90"';
    const column = text('甲乙丙', 30, 40, { object, code: 'X="0" Y="4.4" DeltaY="g 2 7"' });
    expect(linesOf(await readFirst({ pages: [column] })).map((line) => line.text)).toEqual(['甲', '乙', '丙']);
  });

  it('reads the ink: own colour, drawing parameters with what they inherit, layer, other colour spaces', async () => {
    const res =
      '<ofd:DrawParams><ofd:DrawParam ID="5"><ofd:FillColor Value="216 0 15"/></ofd:DrawParam><ofd:DrawParam ID="6" Relative="5"/></ofd:DrawParams>' +
      '<ofd:ColorSpaces><ofd:ColorSpace ID="7" Type="GRAY"/><ofd:ColorSpace ID="8" Type="CMYK"/></ofd:ColorSpaces>';
    const color = (value: string, space = '') => ({
      inside: `<ofd:FillColor Value="${value}" ColorSpace="${space}"/>`,
    });
    const page = await readFirst({
      common: '<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>',
      files: { 'Doc_0/PublicRes.xml': `<ofd:Res ${ofdNamespace} BaseLoc="Res">${res}</ofd:Res>` },
      pages: [
        text('甲', 30, 20) +
          text('乙', 30, 40, color('255 0 0')) +
          text('丙', 30, 60, { object: 'DrawParam="6"' }) +
          text('丁', 30, 80, color('0', '7')) +
          text('戊', 30, 100, color('0 255 255 0', '8')) +
          text('己', 30, 120, color('#FF #00 #00')) +
          text('庚', 30, 140, color('0 0 255')),
      ],
    });
    expect(linesOf(page).map((line) => line.color)).toEqual(['black', 'red', 'red', 'black', 'red', 'red', 'other']);
  });

  it('tells bold by weight and by the face', async () => {
    const res =
      '<ofd:Fonts><ofd:Font ID="1" FontName="仿宋"/><ofd:Font ID="2" FontName="宋体" Bold="true"/></ofd:Fonts>';
    const page = await readFirst({
      common: '<ofd:DocumentRes>Res/Doc.xml</ofd:DocumentRes>',
      files: { 'Doc_0/Res/Doc.xml': `<ofd:Res ${ofdNamespace}>${res}</ofd:Res>` },
      pages: [
        text('甲', 30, 20) +
          text('乙', 30, 40, { object: 'Weight="700"' }) +
          text('丙', 30, 60).replace('Font="1"', 'Font="2"'),
      ],
    });
    expect(linesOf(page).map((line) => line.bold)).toEqual([false, true, true]);
  });

  it('draws objects in blocks and composite units, and leaves invisible ones out', async () => {
    const unit = `<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="4" Width="50" Height="10"><ofd:Content>${text('单元', 5, 0)}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>`;
    const page = await readFirst({
      common: '<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>',
      files: { 'Doc_0/PublicRes.xml': `<ofd:Res ${ofdNamespace}>${unit}</ofd:Res>` },
      pages: [
        `<ofd:PageBlock><ofd:PageBlock>${text('块', 30, 20)}</ofd:PageBlock></ofd:PageBlock>` +
          '<ofd:CompositeObject Boundary="30 40 50 10" ResourceID="4"/>' +
          text('不见', 30, 60, { object: 'Visible="false"' }),
      ],
    });
    expect(linesOf(page).map((line) => [line.text, Math.round(line.box![0] / mm)])).toEqual([
      ['块', 30],
      ['单元', 35],
    ]);
  });

  it('hands pages whose characters mean nothing on for recognition', async () => {
    const lost = text('\ue001'.repeat(30), 30, 40);
    const glyphs = `<ofd:TextObject Boundary="30 60 100 6" Size="5"><ofd:CGTransform CodePosition="0" CodeCount="5" GlyphCount="5"><ofd:Glyphs>11 12 13 14 15</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X="0" Y="4"> </ofd:TextCode></ofd:TextObject>`;
    const layout = await readOfd(ofdOf({ pages: [lost, glyphs, text(notice, 30, 40), path('M 0 0 L 9 9')] }));
    expect(layout.pages.map((page) => page.needsRecognition)).toEqual([true, true, false, true]);
  });

  it('keeps spaces that are drawn with a glyph of their own, and characters that XML cannot hold', async () => {
    const space =
      '<ofd:CGTransform CodePosition="0" CodeCount="1" GlyphCount="1"><ofd:Glyphs>1</ofd:Glyphs></ofd:CGTransform>';
    const pages = [
      text('甲', 30, 40) + text(' ', 35, 40, { inside: space }) + text('乙', 40, 40) + text('第\\4e00条', 30, 60),
    ];
    const lines = linesOf(await readFirst({ pages })).map((line) => line.text);
    expect(lines).toEqual(['甲 乙', '第一条']);
  });

  it('keeps the characters of a ligature together', async () => {
    const inside =
      '<ofd:CGTransform CodePosition="1" CodeCount="2" GlyphCount="1"><ofd:Glyphs>77</ofd:Glyphs></ofd:CGTransform>';
    const code = 'X="0" Y="4.4" DeltaX="5 5"';
    const [line] = linesOf(await readFirst({ pages: [text('甲fi乙', 30, 40, { inside, code })] }));
    expect(line?.text).toBe('甲fi乙');
    expect(about(line?.edges)).toEqual([30, 35, 38, 40, 45]);
  });
});

describe('readOfd: paths, pictures, templates, annotations', () => {
  const grid = (draw: (x0: number, y0: number, x1: number, y1: number) => string) =>
    [20, 60, 120, 180].map((x) => draw(x, 50, x, 90)).join('') + [50, 70, 90].map((y) => draw(20, y, 180, y)).join('');
  const cells = text('单位', 25, 55) + text('家次', 70, 55) + text('问题', 130, 55) + text('合计', 25, 75);
  const stroked = (x0: number, y0: number, x1: number, y1: number) => path(`M ${x0} ${y0} L ${x1} ${y1}`);
  const filled = (x0: number, y0: number, x1: number, y1: number) =>
    path(
      `M 0 0 L ${x1 - x0 + 0.2} 0 L ${x1 - x0 + 0.2} ${y1 - y0 + 0.2} L 0 ${y1 - y0 + 0.2} C`,
      'Stroke="false" Fill="true"',
      `${x0 - 0.1} ${y0 - 0.1} 1 1`,
    );
  const cellBoxes = [
    [20, 60],
    [60, 120],
    [120, 180],
  ]
    .flatMap(([x0, x1]) => [50, 70].map((y) => path(`M ${x0} ${y} L ${x1} ${y} L ${x1} ${y + 20} L ${x0} ${y + 20} C`)))
    .join('');

  it.each([
    ['stroked lines', grid(stroked)],
    ['thin filled shapes', grid(filled)],
    ['boxes round each cell', cellBoxes],
  ])('reads a table ruled by %s', async (_, rules) => {
    const [table] = tablesOf(await readFirst({ pages: [cells + rules] }));
    expect([table?.rowCount, table?.columnCount]).toEqual([2, 3]);
    expect(table?.cells.map((cell) => cell.lines.map((line) => line.text).join())).toEqual([
      '单位',
      '家次',
      '问题',
      '合计',
      '',
      '',
    ]);
  });

  it('reads the red rule of a letterhead', async () => {
    const red = '<ofd:StrokeColor Value="255 0 0"/>';
    const page = await readFirst({ pages: [text(notice, 60, 40) + path('M 28 60 L 184 60', '', undefined, red)] });
    expect(page.blocks.map((block) => block.type)).toEqual(['line', 'rule']);
    expect(page.blocks[1]).toMatchObject({ color: 'red' });
  });

  it('sees a seal in a drawn red ring, and reads the name along it', async () => {
    const red = '<ofd:StrokeColor Value="255 0 0"/>';
    const ring = path('M 0 20 A 20 20 0 0 1 40 20 A 20 20 0 0 1 0 20 C', '', '100 100 40 40', red);
    const name = [...'河湾县水利局'].map((character, i) => {
      const angle = ((i - 2.5) * 40 * Math.PI) / 180;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const [x, y] = [20 - 2 * cos + 15 * sin, 20 - 2 * sin - 15 * cos];
      return `<ofd:TextObject Boundary="100 100 40 40" CTM="${cos} ${sin} ${-sin} ${cos} ${x} ${y}" Size="4"><ofd:FillColor Value="255 0 0"/><ofd:TextCode X="0" Y="0">${character}</ofd:TextCode></ofd:TextObject>`;
    });
    const page = await readFirst({ pages: [text(notice, 30, 40) + ring + name.join('')] });
    const seal = page.blocks.find((block) => block.type === 'seal');
    expect(seal).toMatchObject({ text: '河湾县水利局' });
    expect(about(seal?.box)).toEqual([100, 100, 140, 140]);
  });

  it('draws templates and the resources of a page', async () => {
    const parts = {
      pages: [text('本页', 30, 60)],
      pageHead: '<ofd:Template TemplateID="8" ZOrder="Background"/><ofd:PageRes>Page.xml</ofd:PageRes>',
      common: '<ofd:TemplatePage ID="8" BaseLoc="Tpls/Tpl_0/Content.xml"/>',
      files: {
        'Doc_0/Tpls/Tpl_0/Content.xml': pageXml(text('模板', 30, 40)),
        'Doc_0/Pages/Page_0/Page.xml': `<ofd:Res ${ofdNamespace}/>`,
      },
    };
    const layout = await readOfd(ofdOf(parts));
    expect(textsOf(layout)).toEqual([['模板', '本页']]);
    expect(layout.diagnostics).toEqual([]);
  });

  it('reads annotations: stamps are seals, watermarks no text, others as they stand', async () => {
    const annotation = (type: string, box: string, inside: string) =>
      `<ofd:Annot Type="${type}"><ofd:Appearance Boundary="${box}">${inside}</ofd:Appearance></ofd:Annot>`;
    const page = await readFirst({
      pages: [text(notice, 30, 40)],
      document: '<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>',
      files: {
        'Doc_0/Annots/Annotations.xml': `<ofd:Annotations ${ofdNamespace}><ofd:Page PageID="1"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>`,
        'Doc_0/Annots/Page_0/Annotation.xml': `<ofd:PageAnnot ${ofdNamespace}>${
          annotation('Stamp', '120 200 42 42', '<ofd:ImageObject Boundary="0 0 42 42" ResourceID="1"/>') +
          annotation('Watermark', '0 100 100 10', text('内部使用', 0, 0)) +
          annotation('Path', '30 80 50 10', text('加注', 10, 0))
        }</ofd:PageAnnot>`,
      },
    });
    expect(linesOf(page).map((line) => line.text)).toEqual([notice, '加注']);
    expect(about(linesOf(page)[1]?.box).slice(0, 2)).toEqual([40, 80]);
    const seal = page.blocks.find((block) => block.type === 'seal');
    expect(about(seal?.box)).toEqual([120, 200, 162, 242]);
  });

  it('hands a page that is a picture on for recognition, with its picture', async () => {
    const file = ofdOf({
      pages: ['<ofd:ImageObject Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="3"/>'],
      common: '<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>',
      files: {
        'Doc_0/DocumentRes.xml': `<ofd:Res ${ofdNamespace} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="3" Type="Image" Format="JPEG"><ofd:MediaFile>scan.jpg</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>`,
        'Doc_0/Res/scan.jpg': Uint8Array.of(0xff, 0xd8, 0xff, 7),
      },
    });
    const layout = await readOfd(file);
    expect(layout.pages[0]).toMatchObject({ needsRecognition: true, blocks: [{ type: 'picture' }] });
    const image = await ofdPageImages(file)(1);
    expect([...image!.picture.bytes]).toEqual([0xff, 0xd8, 0xff, 7]);
    expect(about(image?.box)).toEqual([0, 0, 210, 297]);
  });

  it('draws pages of which only paths are known', async () => {
    const box = path('M 50 100 L 150 100 L 150 200 L 50 200 C', 'Fill="TRUE" Stroke="False"');
    const images = ofdPageImages(ofdOf({ pages: [box, ''] }));
    const { data, info } = await sharp(Buffer.from((await images(1))!.picture.bytes))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) =>
      data[Math.round((y / 297) * info.height) * info.width + Math.round((x / 210) * info.width)];
    expect([at(100, 150), at(40, 150), at(100, 210)]).toEqual([0, 255, 255]);
    expect(await images(2)).toBeNull();
  });
});
