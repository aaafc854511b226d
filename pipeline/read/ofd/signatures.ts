import type { Box, ElectronicSignature } from '../../../models/index.ts';
import { roundBox } from '../geometry/index.ts';
import { type Matrix, mapBox } from '../pdf/matrix.ts';
import { childOf, childrenOf, descendantOf, type XmlElement } from '../xml.ts';
import { type DerNode, derTag, findDer, parseDer, textOfDer } from './asn1.ts';
import { parseBox } from './numbers.ts';
import { locate, type OfdPackage, readOfdPart } from './package.ts';

/** A signature and the places of its stamps. */
export interface OfdSignature {
  readonly signature: ElectronicSignature;
  readonly stamps: readonly { readonly page: number; readonly box: Box }[];
}

/**
 * The signatures of a document (GB/T 33190-2016, 18): signer as the electronic seal names it (GB/T 38540-2020), else as
 * the certificate or the provider does; time as stated. Whether a signature is valid is not checked.
 *
 * @param pageOf page number and the map to its points, by the page's ID
 */
export function readSignatures(
  source: OfdPackage,
  location: string,
  pageOf: (id: string) => { readonly page: number; readonly matrix: Matrix } | undefined,
): OfdSignature[] {
  const list = readOfdPart(source, location, source.entrance);
  return childrenOf(list?.root, 'Signature').flatMap((reference): OfdSignature[] => {
    const part = readOfdPart(source, reference.attributes.BaseLoc, list?.path ?? source.entrance);
    const info = childOf(part?.root, 'SignedInfo');
    if (part === null || info === null) return [];
    const stamps = childrenOf(info, 'StampAnnot').flatMap((stamp) => stampPlace(stamp, pageOf) ?? []);
    const seal = sealOf(source, part.root, info, part.path);
    const stated = childOf(info, 'SignatureDateTime')?.text.trim() ?? '';
    const first = stamps[0];
    const signature: ElectronicSignature = {
      signer: seal.name ?? childOf(info, 'Provider')?.attributes.Company ?? null,
      time: stated === '' ? seal.time : isoTime(stated),
      page: first?.page ?? null,
      box: first?.box ?? null,
    };
    return [{ signature, stamps }];
  });
}

function stampPlace(
  stamp: XmlElement,
  pageOf: (id: string) => { readonly page: number; readonly matrix: Matrix } | undefined,
): { page: number; box: Box } | null {
  const found = pageOf(stamp.attributes.PageRef ?? '');
  const boundary = parseBox(stamp.attributes.Boundary);
  if (found === undefined || boundary === null) return null;
  const [x, y, width, height] = boundary;
  // 骑缝章: each page shows a slice of the seal, its Clip.
  const clip = parseBox(stamp.attributes.Clip);
  const [cx, cy, cw, ch] = clip ?? [0, 0, width, height];
  return { page: found.page, box: roundBox(mapBox(found.matrix, x + cx, y + cy, x + cx + cw, y + cy + ch)) };
}

interface SealFacts {
  readonly name: string | null;
  readonly time: string | null;
}

function sealOf(source: OfdPackage, root: XmlElement, info: XmlElement, from: string): SealFacts {
  const locations = [descendantOf(childOf(info, 'Seal'), 'BaseLoc')?.text, childOf(root, 'SignedValue')?.text];
  let facts: SealFacts = { name: null, time: null };
  for (const location of locations) {
    const entry = locate(source, location, from);
    if (entry === null) continue;
    const der = parseDer(source.archive.read(entry));
    if (der === null) continue;
    facts = { name: facts.name ?? nameInSeal(der) ?? nameInCertificate(der), time: facts.time ?? timeIn(der) };
  }
  return facts;
}

/** SES_SealInfo: header (begins with "ES"), esID, property (type, name, …), picture. */
function nameInSeal(der: DerNode): string | null {
  const isHeader = (node: DerNode | undefined) => {
    const mark = node?.children[0];
    return mark?.tag === derTag.ia5String && textOfDer(mark) === 'ES';
  };
  const info = findDer(der, (node) => node.tag === derTag.sequence && isHeader(node.children[0]));
  const name = info?.children[2]?.children[1];
  return name === undefined ? null : textOfDer(name) || null;
}

/** The subject's common name (2.5.4.3) of the last certificate found: the signer's stands after the seal maker's. */
function nameInCertificate(der: DerNode): string | null {
  const commonName = '550403';
  const names: string[] = [];
  const walk = (node: DerNode, depth: number): void => {
    const [kind, value] = node.children;
    if (kind?.tag === 0x06 && Buffer.from(kind.bytes).toString('hex') === commonName && value !== undefined) {
      names.push(textOfDer(value));
    }
    // Certificates stand in octet strings.
    if (node.tag === derTag.octetString && node.bytes[0] === derTag.sequence && depth < 4) {
      const inner = parseDer(node.bytes);
      if (inner !== null) walk(inner, depth + 1);
    }
    for (const child of node.children) walk(child, depth);
  };
  walk(der, 0);
  return names.at(-1) || null;
}

/** timeInfo of TBS_Sign: version, seal, time, …; the times inside the seal are those of its validity. */
function timeIn(der: DerNode): string | null {
  const time = der.children[0]?.children.find((node) => node.tag === derTag.generalizedTime);
  return time === undefined ? null : isoTime(textOfDer(time));
}

/** 20250226093000Z, 2025-02-26 09:30:00 as ISO 8601; as it stands where it is no such time. */
export function isoTime(value: string): string {
  const match =
    /^(\d{4})\D?(\d{2})\D?(\d{2})(?:\D?(\d{2})\D?(\d{2})\D?(\d{2})(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
      value.trim(),
    );
  if (match === null) return value.trim();
  const [, year, month, day, hour, minute, second, zone = ''] = match;
  const date = `${year}-${month}-${day}`;
  return hour === undefined ? date : `${date}T${hour}:${minute}:${second}${zone}`;
}
