import { describe, expect, test } from 'vitest';
import { agencyContext, isAgencyName, placeAgency, toRegion } from '../../models/text/agencies.ts';
import { defaultRegions } from '../../models/text/regions.ts';

const index = defaultRegions();

/** level, and the code of the division where the name tells it. */
const place = (name: string, expected: string, text = '', ...agencyCodes: readonly string[]) =>
  test(`${name} is ${expected}${text ? ` beside ${text}` : ''}${agencyCodes.join()}`, () => {
    const { level, region } = placeAgency(name, agencyContext(text, agencyCodes, index));
    expect([level ?? 'unknown', region?.code].filter(Boolean).join(' ')).toBe(expected);
  });

describe('national bodies', () => {
  place('国务院办公厅', 'national');
  place('国家药品监督管理局', 'national');
  place('应急管理部', 'national');
  place('教育部', 'national');
});

describe('bodies with their division', () => {
  place('山西省药品监督管理局', 'provincial 140000');
  place('忻州市教育局', 'prefectural 140900');
  place('共青团忻州市委', 'prefectural 140900');
  place('中共繁峙县委', 'county 140924');
  place('繁峙县市场监督管理局', 'county 140924');
  place('山西省忻州市繁峙县教育局', 'county 140924');
  place('太原市小店区应急管理局', 'county 140105');
  place('前郭县教育局', 'county 220721');
  place('繁峙县砂河镇人民政府', 'township 140924');
});

describe('bodies whose division is not in the list', () => {
  place('省教育厅', 'provincial');
  place('市消防救援支队', 'prefectural');
  place('临漪市城市管理局', 'prefectural');
  place('县应急管理局', 'county');
  place('禾溪县住房和城乡建设局', 'county');
  place('阳泉高新区管委会', 'county');
  place('青石镇人民政府', 'township');
});

describe('names that say nothing of a level', () => {
  place('教育部门', 'unknown');
  place('村委会', 'unknown');
});

describe('one name in several places', () => {
  place('鼓楼区教育局', 'county 350102', '福州市各学校');
  place('鼓楼区教育局', 'county 410204', '', '豫教');
});

const agency = (text: string, expected: boolean) =>
  test(`${text} is ${expected ? 'a' : 'no'} name of a body`, () => expect(isAgencyName(text)).toBe(expected));

agency('禾溪县教育局', true);
agency('教 育 局', true);
agency('县燃气服务中心', true);
agency('禾溪县第三中学', true);
agency('各乡镇人民政府', true);
agency('局', false);
agency('余守拙', false);
agency('关于印发方案的通知', false);
agency('现将方案印发给教育局', false);
agency('禾溪县教育局，县公安局', false);
agency(`${'禾'.repeat(200)}局`, false);

test('the public form of a division is code and name alone', () => {
  expect(toRegion(index.byCode.get('140924')!)).toEqual({ code: '140924', name: '繁峙县' });
});

describe('what the centre has in a place', () => {
  place('国家税务总局张家口市税务局', 'prefectural 130700');
  place('国家金融监督管理总局武威监管分局办公室', 'prefectural 620600');
  place('国家矿山安全监察局山西局', 'provincial 140000');
  place('国家市场监督管理总局办公厅', 'national');
});
