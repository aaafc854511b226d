import { describe, expect, it } from 'vitest';
import { regionsWith } from '../../models/text/regions.ts';
import { expectedPeriods } from '../../pipeline/returns/expectedPeriods.ts';
import { proposeUnits } from '../../pipeline/returns/proposeUnits.ts';
import { monthly } from '../template/tables.ts';

const entry = (code: string, name: string, level: 'provincial' | 'prefectural' | 'county', parent: string | null) => ({
  code,
  name,
  level,
  parent,
});
const index = regionsWith([
  entry('910000', '云汀省', 'provincial', null),
  entry('910100', '临漪市', 'prefectural', '910000'),
  entry('910102', '城关区', 'county', '910100'),
  entry('910121', '禾溪县', 'county', '910100'),
  entry('910200', '沅泽市', 'prefectural', '910000'),
  entry('910202', '城关区', 'county', '910200'),
]);
const proposed = (recipients: readonly string[], code: string, name: string) =>
  proposeUnits(
    {
      mainRecipients: recipients.map((value) => ({ value, evidence: [] })),
      region: { code, name },
      issuingBody: { value: `${name}教育厅`, evidence: [] },
      administrativeLevel: 'provincial',
    },
    index,
  );
const names = (recipients: readonly string[], code = '910000', name = '云汀省') =>
  proposed(recipients, code, name)
    .units.filter((unit) => unit.reports)
    .map((unit) => unit.name);

describe('Units proposed from the recipients', () => {
  it.each([
    ['各市教育局', ['临漪市教育局', '沅泽市教育局']],
    ['各市（州）教育局', ['临漪市教育局', '沅泽市教育局']],
    ['各设区市市场监督管理局', ['临漪市市场监督管理局', '沅泽市市场监督管理局']],
  ])('for %s are those of every prefecture', (recipient, expected) => {
    expect(names([recipient])).toEqual(expected);
  });
  it.each(['各县（区）教育局', '各县(市、区)教育局', '各区县教育局', '各县区教育局', '各区（市）县教育局'])(
    'for %s are those of every county of the prefecture',
    (recipient) => {
      expect(names([recipient], '910100', '临漪市')).toEqual(['城关区教育局', '禾溪县教育局']);
    },
  );
  it('do not take the 市 of 市场 for a kind of division', () => {
    expect(names(['各县区市场监督管理局'], '910100', '临漪市')).toEqual([
      '城关区市场监督管理局',
      '禾溪县市场监督管理局',
    ]);
  });
  it('stand below the prefecture where that is asked as well, and counties of one name are told apart', () => {
    const { units } = proposed(['各市、县（区）人民政府'], '910000', '云汀省');
    expect(units.map((unit) => [unit.name, unit.parent])).toEqual([
      ['临漪市人民政府', '云汀省教育厅'],
      ['临漪市城关区人民政府', '临漪市人民政府'],
      ['禾溪县人民政府', '临漪市人民政府'],
      ['沅泽市人民政府', '云汀省教育厅'],
      ['沅泽市城关区人民政府', '沅泽市人民政府'],
      ['云汀省教育厅', null],
    ]);
  });
  it('repeat a head that the list elides, and take named bodies as they are', () => {
    expect(names(['各市教育局', '卫生健康委员会', '云汀高新区管理委员会', '省教育考试院'])).toEqual([
      '临漪市教育局',
      '沅泽市教育局',
      '临漪市卫生健康委员会',
      '沅泽市卫生健康委员会',
      '云汀高新区管理委员会',
      '省教育考试院',
    ]);
  });
  it('leave to people what names nobody in particular', () => {
    const recipients = ['各乡镇人民政府', '街道办事处', '局属各单位', '有关企业', '市直各学校', '各市教育部门'];
    expect(proposed(recipients, '910100', '临漪市')).toEqual({ units: [], unresolved: recipients });
  });
});

describe('Periods for which a form is owed', () => {
  it('go from the notice to today', () => {
    const form = { deadlines: [monthly(17, '报送统计表')] };
    expect(expectedPeriods(form, '2025-11-10', '2026-02-03')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    expect(expectedPeriods(form, '2026-03-01', '2026-02-03')).toEqual([]);
  });
  it('are weeks of ISO 8601, also at the turn of the year', () => {
    const due = { kind: 'recurring', frequency: 'weekly', day: 1, month: null, rrule: 'FREQ=WEEKLY' } as const;
    expect(expectedPeriods({ deadlines: [{ ...monthly(1, '报送统计表'), due }] }, '2025-12-25', '2026-01-06')).toEqual([
      '2025-W52',
      '2026-W01',
      '2026-W02',
    ]);
  });
  it('are the days themselves where the notice names days, and none where it names nothing', () => {
    const due = { ...monthly(1, '报送总结'), due: { kind: 'date' as const, date: '2025-12-10' } };
    expect(expectedPeriods({ deadlines: [due] }, '2025-03-01', '2025-06-01')).toEqual(['2025-12-10']);
    expect(expectedPeriods({ deadlines: [] }, '2025-03-01', '2025-06-01')).toEqual([]);
  });
});
