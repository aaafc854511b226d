import { describe, expect, it } from 'vitest';
import { electronicSeal } from '../../corpus/generator/der.ts';
import { HongtouError, Layout } from '../../models/index.ts';
import { readOfd } from '../../pipeline/read/ofd.ts';
import { documentXml, linesOf, ofdNamespace, ofdOf, pageXml, readFirst, text, textsOf } from './ofdOf.ts';
import { zipOf } from './zipOf.ts';

const mm = 72 / 25.4;
const notice = '关于开展农村饮用水安全检查的通知';
const about = (values: readonly number[] | null | undefined) => (values ?? []).map((value) => Math.round(value / mm));

async function codeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof HongtouError) return error.code;
    throw error;
  }
  return 'none';
}

describe('readOfd: packages', () => {
  const second = {
    'Doc_1/Document.xml': documentXml({ pages: [''] }),
    'Doc_1/Pages/Page_0/Content.xml': pageXml(text('第二件', 30, 40)),
  };

  it('reads the pages of several documents one after the other', async () => {
    const file = ofdOf({
      pages: [text('第一件', 30, 40), text('第一件二页', 30, 40)],
      body: '</ofd:DocBody><ofd:DocBody><ofd:DocRoot>/Doc_1/Document.xml</ofd:DocRoot>',
      files: second,
    });
    const layout = await readOfd(file);
    expect(textsOf(layout)).toEqual([['第一件'], ['第一件二页'], ['第二件']]);
    expect(layout.pages.map((page) => page.page)).toEqual([1, 2, 3]);
  });

  it('reads the current version of a document', async () => {
    const version =
      '<ofd:Versions><ofd:Version ID="1" Index="0" Current="true" BaseLoc="Doc_0/Versions/V1.xml"/></ofd:Versions>';
    const file = ofdOf({
      pages: [text('旧稿', 30, 40)],
      body: version,
      files: {
        ...second,
        'Doc_0/Versions/V1.xml': `<ofd:DocVersion ${ofdNamespace}><ofd:DocRoot>/Doc_1/Document.xml</ofd:DocRoot></ofd:DocVersion>`,
      },
    });
    expect(textsOf(await readOfd(file))).toEqual([['第二件']]);
  });

  it.each([
    ['other folders', 'content/x/doc.xml', 'content/x/p1.xml', 'content/x/doc.xml', 'p1.xml'],
    ['a slash at the front', 'a/Document.xml', 'a/p.xml', '/a/Document.xml', '/a/p.xml'],
    ['from the top, without the slash', 'a/Document.xml', 'a/Pages/p.xml', 'a/Document.xml', 'a/Pages/p.xml'],
    ['other case', 'DOC_0/DOCUMENT.XML', 'DOC_0/Pages/P.xml', 'Doc_0/Document.xml', 'pages/p.xml'],
    ['backslashes', 'Doc_0/Document.xml', 'Doc_0/Pages/p.xml', 'Doc_0\\Document.xml', 'Pages\\p.xml'],
    ['a slash that means the folder', 'Doc_0/Document.xml', 'Doc_0/Pages/p.xml', '/Doc_0/Document.xml', '/Pages/p.xml'],
    ['steps back', 'Doc_0/Document.xml', 'Shared/p.xml', 'Doc_0/Document.xml', '../Shared/p.xml'],
    ['a folder that is not there', 'Doc_0/Document.xml', 'Doc_0/Pages/only.xml', 'Doc_0/Document.xml', 'Lost/only.xml'],
  ])('finds parts at unusual paths: %s', async (_, documentPath, pagePath, root, location) => {
    const document = documentXml({ pages: [''] }).replace('Pages/Page_0/Content.xml', location);
    const bytes = zipOf([
      { name: 'OFD.xml', data: `<OFD><DocBody><DocRoot>${root}</DocRoot></DocBody></OFD>` },
      { name: documentPath, data: document },
      { name: pagePath, data: pageXml(text(notice, 30, 40)) },
    ]);
    expect(textsOf(await readOfd({ fileName: 'a.ofd', bytes }))).toEqual([[notice]]);
  });

  it('reads a package that was packed with its folder', async () => {
    const bytes = zipOf([
      { name: '通知/ofd.xml', data: '<OFD><DocBody><DocRoot>/Doc_0/Document.xml</DocRoot></DocBody></OFD>' },
      { name: '通知/Doc_0/Document.xml', data: documentXml({ pages: [''] }) },
      { name: '通知/Doc_0/Pages/Page_0/Content.xml', data: pageXml(text(notice, 30, 40)) },
    ]);
    expect(textsOf(await readOfd({ fileName: 'a.ofd', bytes }))).toEqual([[notice]]);
  });

  it('takes the paper from the page, else from the document, and begins where it begins', async () => {
    const pageHead = '<ofd:Area><ofd:PhysicalBox>10 20 420 297</ofd:PhysicalBox></ofd:Area>';
    const page = await readFirst({ pages: [text(notice, 40, 60)], pageHead });
    expect(about([page.width!, page.height!])).toEqual([420, 297]);
    expect(about(linesOf(page)[0]?.box).slice(0, 2)).toEqual([30, 40]);
  });

  it('finds the document where OFD.xml leads nowhere', async () => {
    const entrance = '<OFD><DocBody><DocRoot>Lost/Nothing.xml</DocRoot></DocBody></OFD>';
    const layout = await readOfd(ofdOf({ pages: [text(notice, 30, 40)], files: { 'OFD.xml': entrance } }));
    expect(textsOf(layout)).toEqual([[notice]]);
    expect(layout.diagnostics.map((item) => item.code)).toEqual(['ofd-document-missing']);
  });

  it('goes on after a page that is listed but missing, and says so', async () => {
    const file = ofdOf({
      pages: ['', text(notice, 30, 40)],
      files: { 'Doc_0/Pages/Page_0/Content.xml': null },
    });
    const layout = await readOfd(file);
    expect(textsOf(layout)).toEqual([[], [notice]]);
    expect(layout.diagnostics).toContainEqual(expect.objectContaining({ code: 'page-unreadable', page: 1 }));
  });

  it('goes on after a page that is damaged, and leaves out what stands nowhere', async () => {
    const file = ofdOf({
      pages: ['', text(notice, 30, 40) + text('无处', 30, 60, { object: 'CTM="1e300 0 0 1 0 0"' })],
      files: { 'Doc_0/Pages/Page_0/Content.xml': '<!DOCTYPE a><a/>' },
    });
    const layout = await readOfd(file);
    expect(Layout.parse(layout)).toEqual(layout);
    expect(textsOf(layout)).toEqual([[], [notice]]);
    expect(layout.diagnostics.map((item) => item.code)).toContain('part-unreadable');
  });

  it('says what is missing or only attached', async () => {
    const layout = await readOfd(
      ofdOf({
        pages: [text(notice, 30, 40)],
        common: '<ofd:PublicRes>Lost.xml</ofd:PublicRes>',
        document: '<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>',
        files: {
          'Doc_0/Attachs/Attachments.xml': `<ofd:Attachments ${ofdNamespace}><ofd:Attachment ID="1" Name="统计表.xlsx"/></ofd:Attachments>`,
        },
      }),
    );
    expect(layout.diagnostics.map((item) => item.code)).toEqual(['ofd-resource-missing', 'ofd-attached-files']);
    expect(layout.diagnostics[1]?.message).toContain('统计表.xlsx');
  });
});

describe('readOfd: signatures', () => {
  const signed = (info: string, files: Readonly<Record<string, string | Uint8Array>> = {}) =>
    ofdOf({
      pages: [text(notice, 30, 40), text('河湾县水利局', 110, 215)],
      body: '<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>',
      files: {
        'Doc_0/Signs/Signatures.xml': `<ofd:Signatures ${ofdNamespace}><ofd:Signature ID="s1" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>`,
        'Doc_0/Signs/Sign_0/Signature.xml': `<ofd:Signature ${ofdNamespace}><ofd:SignedInfo><ofd:Provider ProviderName="p" Company="某公司"/>${info}</ofd:SignedInfo><ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>`,
        ...files,
      },
    });
  const stamp = '<ofd:StampAnnot PageRef="2" ID="1" Boundary="104 200 42 42"/>';

  it('lists the signer as the electronic seal names it, the time, and the place of the stamp', async () => {
    const seal = electronicSeal('河湾县水利局', '20250301093000Z', new Uint8Array(300));
    const layout = await readOfd(
      signed(`<ofd:SignatureDateTime>2025-03-01 09:30:00</ofd:SignatureDateTime>${stamp}`, {
        'Doc_0/Signs/Sign_0/SignedValue.dat': seal,
      }),
    );
    const [signature] = layout.signatures;
    expect(signature).toMatchObject({ signer: '河湾县水利局', time: '2025-03-01T09:30:00', page: 2 });
    expect(about(signature?.box)).toEqual([104, 200, 146, 242]);
    const block = layout.pages[1]?.blocks.find((item) => item.type === 'seal');
    expect(block).toMatchObject({ text: '河湾县水利局' });
  });

  it('takes the time from the seal where none is stated, and the provider where the seal cannot be read', async () => {
    const seal = electronicSeal('河湾县水利局', '20250301093000Z', new Uint8Array(4));
    const withSeal = await readOfd(signed(stamp, { 'Doc_0/Signs/Sign_0/SignedValue.dat': seal }));
    expect(withSeal.signatures[0]?.time).toBe('2025-03-01T09:30:00Z');
    const without = await readOfd(signed(stamp, { 'Doc_0/Signs/Sign_0/SignedValue.dat': Buffer.from('rubbish') }));
    expect(without.signatures[0]).toMatchObject({ signer: '某公司', time: null });
  });

  it('lists a signature without a stamp, and does not take the slices of a seal across pages for seals', async () => {
    const slice = '<ofd:StampAnnot PageRef="1" ID="1" Boundary="189 100 42 42" Clip="0 0 21 42"/>';
    expect((await readOfd(signed(''))).signatures).toMatchObject([{ page: null, box: null }]);
    const layout = await readOfd(signed(slice));
    expect(layout.pages[0]?.blocks.map((block) => block.type)).toEqual(['line']);
  });
});

describe('readOfd: files that bite', () => {
  const read = (bytes: Uint8Array) => codeOf(() => readOfd({ fileName: 'a.ofd', bytes }));
  const loop = (inner: string) =>
    `<ofd:Res ${ofdNamespace}><ofd:CompositeGraphicUnits>${inner}</ofd:CompositeGraphicUnits></ofd:Res>`;
  const use = (id: number) => `<ofd:CompositeObject Boundary="0 0 1 1" ResourceID="${id}"/>`;
  const unit = (id: number, inside: string) =>
    `<ofd:CompositeGraphicUnit ID="${id}"><ofd:Content>${inside}</ofd:Content></ofd:CompositeGraphicUnit>`;
  const composites = (inner: string) =>
    ofdOf({
      pages: [use(1) + text(notice, 30, 40)],
      common: '<ofd:PublicRes>R.xml</ofd:PublicRes>',
      files: { 'Doc_0/R.xml': loop(inner) },
    }).bytes;

  it.each([
    ['empty', new Uint8Array(), 'FILE_EMPTY'],
    ['not an archive', Buffer.from('OFD'), 'FILE_DAMAGED'],
    ['cut off', ofdOf({ pages: [text(notice, 30, 40)] }).bytes.subarray(0, -100), 'FILE_DAMAGED'],
    ['without OFD.xml', zipOf([{ name: 'a.xml', data: '<a/>' }]), 'FILE_DAMAGED'],
    ['without a document', ofdOf({ pages: [], files: { 'Doc_0/Document.xml': null } }).bytes, 'FILE_DAMAGED'],
    [
      'encrypted as GM/T 0099 has it',
      ofdOf({
        pages: [],
        files: { 'Doc_0/Document.xml': null, 'Encryptions.xml': '<a/>', 'Doc_0/Document.xml.dat': 'x' },
      }).bytes,
      'FILE_ENCRYPTED',
    ],
    ['encrypted as an archive', zipOf([{ name: 'OFD.xml', data: '<OFD/>', flags: 0x801 }]), 'FILE_ENCRYPTED'],
    [
      'with an external entity',
      zipOf([{ name: 'OFD.xml', data: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><OFD>&x;</OFD>' }]),
      'FILE_DAMAGED',
    ],
    ['a bomb', ofdOf({ pages: [' '.repeat(30_000_000)] }).bytes, 'LIMIT_EXCEEDED'],
    [
      'with units that multiply',
      composites([1, 2, 3, 4, 5, 6, 7].map((id) => unit(id, use(id + 1).repeat(20))).join('')),
      'LIMIT_EXCEEDED',
    ],
    ['with a unit that holds itself', composites(unit(1, use(1))), 'none'],
    [
      'with more pages than are read',
      ofdOf({ pages: Array.from({ length: 3001 }, () => ''), files: {} }).bytes,
      'LIMIT_EXCEEDED',
    ],
  ])('%s', async (_, bytes, code) => {
    expect(await read(bytes)).toBe(code);
  });

  it('does not follow a location outside the package', async () => {
    const document = documentXml({ pages: [''] }).replace('Pages/Page_0/Content.xml', '../../../../etc/passwd');
    const layout = await readOfd(ofdOf({ pages: [''], files: { 'Doc_0/Document.xml': document } }));
    expect(layout.diagnostics).toContainEqual(expect.objectContaining({ code: 'page-unreadable' }));
  });

  it('can be stopped between pages', async () => {
    const abort = new AbortController();
    const file = ofdOf({ pages: [text('一', 30, 40), text('二', 30, 40)] });
    const onPage = (page: number) => page === 1 && abort.abort(new Error('enough'));
    await expect(readOfd(file, { signal: abort.signal, onPage })).rejects.toThrow('enough');
  });
});
