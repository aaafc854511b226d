import { ZipFile } from 'yazl';
import { electronicSeal } from './der.ts';
import type { LaidOutLine, LaidOutPage, LaidOutRule, LaidOutSeal } from './laidOut.ts';
import { layOut } from './layOut.ts';
import { sealPicture } from './sealPicture.ts';
import { type SeededRandom, seededRandom } from './seededRandom.ts';
import type { NoticeSpec } from './spec.ts';

const mm = 25.4 / 72;
const red = '216 15 24';
const namespace = 'xmlns:ofd="http://www.ofdspec.org/2016"';

export interface OfdOptions {
  /** What the standard leaves open follows from it: how offsets, rules and seals are written, the order of objects. */
  readonly seed: number;
  /** false: without seals even where the notice has them. */
  readonly seals?: boolean;
}

/**
 * A notice as OFD (GB/T 33190-2016) in the layout of GB/T 9704-2012. `truth` is every line, rule, seal and table at the
 * place where it is drawn; it is what `renderPdf` draws for the same notice and seed.
 */
export async function renderOfd(
  spec: NoticeSpec,
  options: OfdOptions,
): Promise<{ bytes: Uint8Array; truth: readonly LaidOutPage[] }> {
  const laidOut = layOut(spec, options.seed);
  const truth = options.seals === false ? laidOut.map((page) => ({ ...page, seals: [] })) : laidOut;
  return { bytes: await drawOfd(truth, options), truth };
}

/** The ways of producers that a seed picks from. */
interface Manner {
  readonly random: SeededRandom;
  /** Offsets as `g n v` where they repeat. */
  readonly runs: boolean;
  /** Text of size 1 that a CTM enlarges. */
  readonly scaled: boolean;
  /** Rules as thin filled rectangles. */
  readonly filledRules: boolean;
  /** Objects in an order that is not that of reading. */
  readonly shuffled: boolean;
  /** Page numbers and rules of the first page in a template. */
  readonly template: boolean;
  /** Seals as signatures, or drawn as a stamp annotation. */
  readonly signed: boolean;
}

/** Draws laid out pages. */
export async function drawOfd(pages: readonly LaidOutPage[], options: Omit<OfdOptions, 'seals'>): Promise<Uint8Array> {
  const random = seededRandom(options.seed + 7);
  const manner: Manner = {
    random,
    runs: random.chance(0.6),
    scaled: random.chance(0.3),
    filledRules: random.chance(0.3),
    shuffled: random.chance(0.5),
    template: random.chance(0.4),
    signed: random.chance(0.6),
  };
  const files = new Map<string, string | Uint8Array>();
  const ids = { next: 100 };
  pages.forEach((page, index) => {
    const folder = `Doc_0/Pages/Page_${index}`;
    const parts = partsOfPage(page, manner, ids);
    const onTemplate = manner.template ? parts.filter((part) => part.furniture) : [];
    const own = parts.filter((part) => !onTemplate.includes(part)).map((part) => part.xml);
    const objects = manner.shuffled ? shuffle(own, random) : own;
    const template = onTemplate.length > 0 ? `<ofd:Template TemplateID="${50 + index}" ZOrder="Background"/>` : '';
    const area = `<ofd:Area><ofd:PhysicalBox>0 0 ${n(page.width)} ${n(page.height)}</ofd:PhysicalBox></ofd:Area>`;
    files.set(`${folder}/Content.xml`, pageXml(`${template}${area}`, objects, ids.next++));
    if (onTemplate.length > 0) {
      const layer = onTemplate.map((part) => part.xml);
      files.set(`Doc_0/Tpls/Tpl_${index}/Content.xml`, pageXml('', layer, ids.next++));
    }
    if (!manner.signed && page.seals.length > 0) {
      files.set(`Doc_0/Annots/Page_${index}/Annotation.xml`, stampsXml(page, ids));
    }
  });
  const hasSeals = pages.some((page) => page.seals.length > 0);
  if (manner.signed && hasSeals) await addSignatures(pages, options.seed, files);
  addDocument(pages, files);
  return zip(files);
}

interface DrawnPart {
  readonly xml: string;
  /** May stand on a template. */
  readonly furniture: boolean;
}

function partsOfPage(page: LaidOutPage, manner: Manner, ids: { next: number }): DrawnPart[] {
  return [
    ...page.rules.map((rule) => ({ xml: ruleXml(rule, manner, ids.next++), furniture: false })),
    ...page.lines.flatMap((line) =>
      lineXml(line, manner, ids).map((xml) => ({ xml, furniture: line.element === 'pageNumber' })),
    ),
  ];
}

/** One text object per stretch of one weight, its characters placed by offsets. */
function lineXml(line: LaidOutLine, manner: Manner, ids: { next: number }): string[] {
  return line.runs.map((run) => {
    const characters = [...line.text.slice(run.start, run.end)];
    const offsets: number[] = [];
    let at = run.start;
    for (const character of characters) {
      const next = at + character.length;
      offsets.push((line.edges[next]! - line.edges[at]!) * mm);
      at = next;
    }
    const [x0, x1] = [line.edges[run.start]!, line.edges[run.end]!];
    const [top, height] = [line.baseline - 0.88 * line.size, 1.17 * line.size];
    const boundary = `${n(x0)} ${n(top)} ${n(x1 - x0)} ${n(height)}`;
    const size = line.size * mm;
    const unit = manner.scaled ? size : 1;
    const scaling = manner.scaled ? ` CTM="${r(size)} 0 0 ${r(size)} 0 0"` : '';
    const deltas = deltaText(
      offsets.slice(0, -1).map((offset) => r(offset / unit)),
      manner.runs,
    );
    const color = line.color === 'red' ? `<ofd:FillColor Value="${red}"/>` : '';
    const weight = run.bold ? ' Weight="700"' : '';
    return (
      `<ofd:TextObject ID="${ids.next++}" Boundary="${boundary}" Font="${run.bold ? 3 : 2}" Size="${r(size / unit)}"${scaling}${weight}>${color}` +
      `<ofd:TextCode X="0" Y="${r((0.88 * size) / unit)}"${deltas === '' ? '' : ` DeltaX="${deltas}"`}>${escapeXml(characters.join(''))}</ofd:TextCode></ofd:TextObject>`
    );
  });
}

function deltaText(offsets: readonly string[], runs: boolean): string {
  if (!runs) return offsets.join(' ');
  const parts: string[] = [];
  for (let i = 0; i < offsets.length; ) {
    let end = i;
    while (offsets[end] === offsets[i] && end < offsets.length) end++;
    parts.push(end - i > 2 ? `g ${end - i} ${offsets[i]}` : offsets.slice(i, end).join(' '));
    i = end;
  }
  return parts.join(' ');
}

function ruleXml(rule: LaidOutRule, manner: Manner, id: number): string {
  const color = rule.color === 'red' ? red : '0 0 0';
  const half = rule.width / 2;
  const [x0, y0, x1, y1] = [rule.x0 - half, rule.y0 - half, rule.x1 + half, rule.y1 + half];
  const boundary = `${n(x0)} ${n(y0)} ${n(x1 - x0)} ${n(y1 - y0)}`;
  if (manner.filledRules) {
    const [w, h] = [n(x1 - x0), n(y1 - y0)];
    const data = `M 0 0 L ${w} 0 L ${w} ${h} L 0 ${h} C`;
    return `<ofd:PathObject ID="${id}" Boundary="${boundary}" Stroke="false" Fill="true"><ofd:FillColor Value="${color}"/><ofd:AbbreviatedData>${data}</ofd:AbbreviatedData></ofd:PathObject>`;
  }
  const data = `M ${n(half)} ${n(half)} L ${n(rule.x1 - x0)} ${n(rule.y1 - y0)}`;
  return `<ofd:PathObject ID="${id}" Boundary="${boundary}" LineWidth="${n(rule.width)}"><ofd:StrokeColor Value="${color}"/><ofd:AbbreviatedData>${data}</ofd:AbbreviatedData></ofd:PathObject>`;
}

/** Seals as stamp annotations: ring, star, and the name along the ring. */
function stampsXml(page: LaidOutPage, ids: { next: number }): string {
  const stamps = page.seals.map((seal) => {
    const side = 2 * seal.radius;
    const box = `${n(seal.x - seal.radius)} ${n(seal.y - seal.radius)} ${n(side)} ${n(side)}`;
    return `<ofd:Annot ID="${ids.next++}" Type="Stamp" Creator="hongtou"><ofd:Appearance Boundary="${box}">${sealXml(seal, ids)}</ofd:Appearance></ofd:Annot>`;
  });
  return `<ofd:PageAnnot ${namespace}>${stamps.join('')}</ofd:PageAnnot>`;
}

function sealXml(seal: LaidOutSeal, ids: { next: number }): string {
  const radius = seal.radius;
  const all = `Boundary="0 0 ${n(2 * radius)} ${n(2 * radius)}"`;
  const ink = `<ofd:StrokeColor Value="${red}"/><ofd:FillColor Value="${red}"/>`;
  const arc = `A ${n(radius)} ${n(radius)} 0 0 1`;
  const ring = `M 0 ${n(radius)} ${arc} ${n(2 * radius)} ${n(radius)} ${arc} 0 ${n(radius)} C`;
  const star = Array.from({ length: 10 }, (_, i) => {
    const [reach, angle] = [radius * (i % 2 === 0 ? 0.3 : 0.1146), (Math.PI / 5) * i - Math.PI / 2];
    return `${i === 0 ? 'M' : 'L'} ${n(radius + reach * Math.cos(angle))} ${n(radius + reach * Math.sin(angle))}`;
  });
  const characters = [...seal.text];
  const size = Math.min(radius * 0.3, (radius * 4) / Math.max(1, characters.length));
  const on = radius * 0.86 - size * 0.88;
  const step = Math.min(32, 260 / Math.max(1, characters.length));
  const name = characters.map((character, index) => {
    const angle = ((index - (characters.length - 1) / 2) * step * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    // Turned about the middle of the seal; the character's own place is above it.
    const [x, y] = [-size / 2, -on];
    const matrix = [cos, sin, -sin, cos, (radius + x * cos - y * sin) * mm, (radius + x * sin + y * cos) * mm];
    return `<ofd:TextObject ID="${ids.next++}" ${all} CTM="${matrix.map(r).join(' ')}" Font="3" Size="${n(size)}"><ofd:FillColor Value="${red}"/><ofd:TextCode X="0" Y="0">${escapeXml(character)}</ofd:TextCode></ofd:TextObject>`;
  });
  return (
    `<ofd:PathObject ID="${ids.next++}" ${all} LineWidth="0.85">${ink}<ofd:AbbreviatedData>${ring}</ofd:AbbreviatedData></ofd:PathObject>` +
    `<ofd:PathObject ID="${ids.next++}" ${all} Stroke="false" Fill="true">${ink}<ofd:AbbreviatedData>${star.join(' ')} C</ofd:AbbreviatedData></ofd:PathObject>` +
    name.join('')
  );
}

async function addSignatures(
  pages: readonly LaidOutPage[],
  seed: number,
  files: Map<string, string | Uint8Array>,
): Promise<void> {
  const day = new Date(Date.UTC(2025, 0, 1) + (seed % 500) * 86_400_000);
  const signedAt = `${day.toISOString().slice(0, 10).replaceAll('-', '')}093000`;
  const picture = await sealPicture();
  const references: string[] = [];
  for (const page of pages) {
    for (const seal of page.seals) {
      const index = references.length;
      const folder = `Doc_0/Signs/Sign_${index}`;
      const side = 2 * seal.radius;
      const box = `${n(seal.x - seal.radius)} ${n(seal.y - seal.radius)} ${n(side)} ${n(side)}`;
      references.push(`<ofd:Signature ID="s${index + 1}" Type="Seal" BaseLoc="/${folder}/Signature.xml"/>`);
      files.set(`${folder}/SignedValue.dat`, electronicSeal(seal.text, `${signedAt}Z`, picture));
      files.set(
        `${folder}/Signature.xml`,
        `<ofd:Signature ${namespace}><ofd:SignedInfo><ofd:Provider ProviderName="hongtou corpus" Company="hongtou" Version="1.0"/>` +
          `<ofd:SignatureMethod>1.2.156.10197.1.501</ofd:SignatureMethod><ofd:SignatureDateTime>${signedAt}</ofd:SignatureDateTime>` +
          `<ofd:StampAnnot ID="a${index + 1}" PageRef="${page.page}" Boundary="${box}"/></ofd:SignedInfo>` +
          `<ofd:SignedValue>/${folder}/SignedValue.dat</ofd:SignedValue></ofd:Signature>`,
      );
    }
  }
  files.set(
    'Doc_0/Signs/Signatures.xml',
    `<ofd:Signatures ${namespace}><ofd:MaxSignId>${references.length}</ofd:MaxSignId>${references.join('')}</ofd:Signatures>`,
  );
}

function addDocument(pages: readonly LaidOutPage[], files: Map<string, string | Uint8Array>): void {
  const first = pages[0];
  const listed = pages.map((_, i) => `<ofd:Page ID="${i + 1}" BaseLoc="Pages/Page_${i}/Content.xml"/>`);
  const templates = pages.flatMap((_, i) =>
    files.has(`Doc_0/Tpls/Tpl_${i}/Content.xml`)
      ? [`<ofd:TemplatePage ID="${50 + i}" BaseLoc="Tpls/Tpl_${i}/Content.xml"/>`]
      : [],
  );
  const annotated = pages.flatMap((_, i) =>
    files.has(`Doc_0/Annots/Page_${i}/Annotation.xml`)
      ? [`<ofd:Page PageID="${i + 1}"><ofd:FileLoc>Page_${i}/Annotation.xml</ofd:FileLoc></ofd:Page>`]
      : [],
  );
  if (annotated.length > 0) {
    files.set('Doc_0/Annots/Annotations.xml', `<ofd:Annotations ${namespace}>${annotated.join('')}</ofd:Annotations>`);
  }
  const annotations = annotated.length > 0 ? '<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>' : '';
  const signatures = files.has('Doc_0/Signs/Signatures.xml')
    ? '<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>'
    : '';
  files.set(
    'OFD.xml',
    `<ofd:OFD ${namespace} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>00000000000000000000000000000000</ofd:DocID><ofd:Creator>hongtou corpus</ofd:Creator></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>${signatures}</ofd:DocBody></ofd:OFD>`,
  );
  files.set(
    'Doc_0/Document.xml',
    `<ofd:Document ${namespace}><ofd:CommonData><ofd:MaxUnitID>100000</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 ${n(first?.width ?? 595)} ${n(first?.height ?? 842)}</ofd:PhysicalBox></ofd:PageArea>` +
      `<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>${templates.join('')}</ofd:CommonData><ofd:Pages>${listed.join('')}</ofd:Pages>${annotations}</ofd:Document>`,
  );
  files.set(
    'Doc_0/PublicRes.xml',
    `<ofd:Res ${namespace} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="2" FontName="宋体" FamilyName="宋体"/><ofd:Font ID="3" FontName="宋体" FamilyName="宋体" Bold="true"/></ofd:Fonts></ofd:Res>`,
  );
}

function pageXml(head: string, objects: readonly string[], id: number): string {
  return `<ofd:Page ${namespace}>${head}<ofd:Content><ofd:Layer ID="${id}" Type="Body">${objects.join('')}</ofd:Layer></ofd:Content></ofd:Page>`;
}

async function zip(files: ReadonlyMap<string, string | Uint8Array>): Promise<Uint8Array> {
  const archive = new ZipFile();
  // One date for all, so that the bytes follow from the seed alone.
  const mtime = new Date(2025, 0, 1);
  for (const [name, content] of files) {
    const bytes = typeof content === 'string' ? `<?xml version="1.0" encoding="UTF-8"?>${content}` : content;
    archive.addBuffer(Buffer.from(bytes), name, { mtime, mode: 0o100644 });
  }
  archive.end();
  const chunks: Buffer[] = [];
  for await (const chunk of archive.outputStream) chunks.push(Buffer.from(chunk));
  return new Uint8Array(Buffer.concat(chunks));
}

function shuffle<T>(items: readonly T[], random: SeededRandom): T[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return shuffled;
}

/** Points as millimetres. */
function n(points: number): string {
  return r(points * mm);
}

function r(value: number): string {
  return String(Math.round(value * 10_000) / 10_000);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
