import { describe, expect, it } from 'vitest';
import { HongtouError } from '../../models/index.ts';
import { returnMembers } from '../../pipeline/read/returnMembers.ts';
import { zipOf } from './zipOf.ts';

const told = async (bytes: Uint8Array) => {
  const lines: string[] = [];
  for await (const { fileName, content } of (await returnMembers(bytes, '报送.zip')) ?? []) {
    lines.push(`${fileName} ${content instanceof HongtouError ? content.code : new TextDecoder().decode(content)}`);
  }
  return lines;
};
const whole = (name: string) => ({ name, data: name });

describe('an archive of returns', () => {
  it('gives its files with their folders, and passes over what systems leave there', async () => {
    const bytes = zipOf([
      whole('甲县/表.csv'),
      whole('__MACOSX/甲县/._表.csv'),
      whole('乙县/表.csv'),
      whole('Thumbs.db'),
    ]);
    expect(await told(bytes)).toEqual(['报送.zip/甲县/表.csv 甲县/表.csv', '报送.zip/乙县/表.csv 乙县/表.csv']);
  });
  it('gives the files of archives in it', async () => {
    const inner = { name: '乙县.zip', data: zipOf([whole('表.csv')]) };
    expect(await told(zipOf([inner]))).toEqual(['报送.zip/乙县.zip/表.csv 表.csv']);
  });
  it('tells of each file that cannot be taken out of it, and goes on', async () => {
    const bytes = zipOf([
      { ...whole('锁.xlsx'), flags: 0x801 },
      { ...whole('坏.xlsx'), crc: 1 },
      whole('../外.csv'),
      whole('好.csv'),
    ]);
    expect(await told(bytes)).toEqual([
      '报送.zip FILE_DAMAGED',
      '报送.zip/锁.xlsx FILE_ENCRYPTED',
      '报送.zip/坏.xlsx FILE_DAMAGED',
      '报送.zip/好.csv 好.csv',
    ]);
  });
  it('is not unpacked without bound', async () => {
    let nested = zipOf([whole('表.csv')]);
    for (let depth = 0; depth < 4; depth++) nested = zipOf([{ name: 'a.zip', data: nested, stored: true }]);
    expect(await told(nested)).toEqual([expect.stringContaining('LIMIT_EXCEEDED')]);
    const bomb = zipOf([{ name: '表.csv', data: new Uint8Array(64 * 1024 * 1024) }, whole('好.csv')]);
    expect(await told(bomb)).toEqual(['报送.zip/表.csv LIMIT_EXCEEDED', '报送.zip/好.csv 好.csv']);
  });
  it('that holds nothing is refused, and a workbook is none', async () => {
    await expect(returnMembers(zipOf([]), '空.zip')).rejects.toMatchObject({ code: 'NOT_A_RETURN' });
    const workbook = zipOf([whole('[Content_Types].xml'), whole('_rels/.rels'), whole('xl/workbook.xml')]);
    expect(await returnMembers(workbook, '表.xlsx')).toBeNull();
  });
});
