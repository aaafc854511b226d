import { describe, expect, test } from 'vitest';
import {
  abbreviatedRegion,
  ancestors,
  chooseRegion,
  defaultRegions,
  leadingRegions,
  provinceOfAgencyCode,
  regionsWith,
  regionWitnesses,
} from '../../models/text/regions.ts';

const index = defaultRegions();
const nameOf = (code: string) => index.byCode.get(code)?.name;

/** The divisions at the head of a name, one word a level; several of one name are parted by |. */
const leading = (text: string, expected: string, rest: string) =>
  test(`${text} begins with ${expected || 'no division'}`, () => {
    const { chain, end } = leadingRegions(text, index);
    expect(chain.map((level) => level.map(({ code }) => code).join('|')).join(' ')).toBe(expected);
    expect(text.slice(end)).toBe(rest);
  });

describe('names at the head of a body', () => {
  leading('繁峙县人民政府', '140924', '人民政府');
  leading('洛阳市涧西区市场监督管理局', '410300 410305', '市场监督管理局');
  leading('吉林省吉林市教育局', '220000 220200', '教育局');
  leading('济源市应急管理局', '419001', '应急管理局');
  leading('长春市朝阳区教育局', '220100 110105|220104', '教育局');
  leading('国务院', '', '国务院');
});

describe('short names', () => {
  leading('广西教育厅', '450000', '教育厅');
  leading('恩施州卫生健康委员会', '422800', '卫生健康委员会');
  leading('内蒙古教育厅', '150000', '教育厅');
});

const abbreviated = (short: string, name: string | undefined) =>
  test(`${short} is ${name ?? 'no short name'}`, () =>
    expect(abbreviatedRegion(short, new Map(), index)?.name).toBe(name));

abbreviated('科左中旗', '科尔沁左翼中旗');
abbreviated('前郭县', '前郭尔罗斯蒙古族自治县');
abbreviated('繁峙县', undefined);

describe('one name, several divisions', () => {
  const candidates = index.byName.get('鼓楼区') ?? [];
  const choose = (before: string, named: string) =>
    chooseRegion(candidates, leadingRegions(before, index).chain, regionWitnesses(named, index), index)?.code;

  test('the name before it decides', () => expect(choose('南京市', '')).toBe('320106'));
  test('another place that the text names decides', () => expect(choose('', '福州市各学校')).toBe('350102'));
  test('the name before it weighs more than others in the text', () =>
    expect(choose('南京市', '福州市，福州市')).toBe('320106'));
});

test('above a county stand its prefecture and its province, or the province alone', () => {
  const above = (code: string) => ancestors(index.byCode.get(code)!, index).map(({ name }) => name);
  expect(above('140924')).toEqual(['忻州市', '山西省']);
  expect(above('419001')).toEqual(['河南省']);
  expect(above('140000')).toEqual([]);
});

test('every division above another is in the list', () => {
  for (const entry of index.byCode.values()) {
    if (entry.level !== 'provincial') expect(nameOf(`${entry.code.slice(0, 2)}0000`)).toBeDefined();
  }
});

test('the mark of a province begins an agency code', () => {
  expect(provinceOfAgencyCode('豫教')).toBe('410000');
  expect(provinceOfAgencyCode('禾教')).toBeNull();
});

test('a text is a witness of the divisions it names', () => {
  expect([...regionWitnesses('太原市小店区的学校', index).keys()].sort()).toEqual(['140100', '140105']);
  // 福州 would be a name that ends in 州 as well.
  expect([...regionWitnesses('福州市、泽州县', index).keys()].sort()).toEqual(['140525', '350100']);
  expect(regionWitnesses('各单位', index).size).toBe(0);
});

test('invented divisions stand beside the real ones', () => {
  const extended = regionsWith([{ code: '910121', name: '禾溪县', level: 'county', parent: null }]);
  expect(leadingRegions('禾溪县教育局', extended).chain[0]?.[0]?.code).toBe('910121');
  expect(leadingRegions('禾溪县教育局', index).chain).toEqual([]);
});
