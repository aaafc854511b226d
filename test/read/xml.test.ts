import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { HongtouError } from '../../models/index.ts';
import { childOf, parseXml } from '../../pipeline/read/xml.ts';

const parse = (text: string | Uint8Array) => parseXml(Buffer.from(text), '通知.docx', 'word/document.xml');

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof HongtouError) return error.code;
    throw error;
  }
  return 'none';
}

describe('parseXml', () => {
  it('names elements and attributes without their prefix', () => {
    const { root } = parse('<ns0:a xmlns:ns0="urn:x"><ns0:b ns0:val="1" plain="2"/></ns0:a>');
    expect(root.name).toBe('a');
    expect(childOf(root, 'b')?.attributes).toEqual({ val: '1', plain: '2' });
  });

  it('tells a relationship id from an id, whatever its prefix', () => {
    const { root } = parse(
      '<a xmlns:q="http://purl.oclc.org/ooxml/officeDocument/relationships"><b id="x" q:id="rId7"/></a>',
    );
    expect(childOf(root, 'b')?.attributes).toEqual({ id: 'x', 'r:id': 'rId7' });
  });

  it('reads character references, CDATA and the five entities', () => {
    expect(parse('<a>&#x7EA2;&lt;<![CDATA[<头>]]></a>').root.text).toBe('红<<头>');
  });

  it('reads UTF-16 and GBK as the bytes and the declaration say', () => {
    expect(parse(Buffer.from('\ufeff<a>公文</a>', 'utf16le')).root.text).toBe('公文');
    expect(parse(iconv.encode('<?xml version="1.0" encoding="GB2312"?><a>公文</a>', 'gbk')).root.text).toBe('公文');
  });

  it('refuses external entities', () => {
    const text = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>';
    expect(codeOf(() => parse(text))).toBe('FILE_DAMAGED');
  });

  it('refuses entities that multiply', () => {
    const text = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>';
    expect(codeOf(() => parse(text))).toBe('FILE_DAMAGED');
  });

  it('keeps what it could read of XML that is not well-formed, and says so', () => {
    const { root, problem } = parse('<a><b>一</b><c>二</a>');
    expect(childOf(root, 'b')?.text).toBe('一');
    expect(problem).not.toBeNull();
  });

  it('refuses what is not XML at all', () => {
    expect(codeOf(() => parse('<'.repeat(500)))).toBe('FILE_DAMAGED');
    expect(codeOf(() => parse(''))).toBe('FILE_DAMAGED');
  });

  it('stops at nesting no document has', () => {
    expect(codeOf(() => parse('<a>'.repeat(5000)))).toBe('LIMIT_EXCEEDED');
  });
});
