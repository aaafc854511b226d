import { describe, expect, it } from 'vitest';
import { Gold } from '../../corpus/gold.ts';
import { dice, fold, foldItem, matchOneToOne } from '../../corpus/matching.ts';
import { scoreExtraction, summarizeScores } from '../../corpus/score.ts';
import type { Extraction, Notice } from '../../models/index.ts';
import { extractionOfGold } from './extractionOfGold.ts';

const gold: Gold = Gold.parse({
  file: 'a.txt',
  notices: [
    {
      documentType: '通知',
      documentNumber: '苇消安发〔2025〕4号',
      region: null,
      title: '关于印发方案的通知|关于印发《方案》的通知',
      copyNumber: '000012',
      mainRecipients: ['各乡镇', '各单位'],
      citedNumbers: ['霁消〔2025〕1号'],
      citedLaws: ['中华人民共和国消防法'],
      campaign: {
        name: '清隐患行动',
        startDate: '2025-03',
        phases: [{ name: '启动', start: '2025-03', end: '2025-04' }],
      },
      deadlines: [
        { due: 'monthly/25', task: '报送当月统计表', responsible: '各乡镇', recipient: '县消安办' },
        { due: '2025-06-30', task: '报送工作小结', time: '17:00' },
      ],
      relativeDeadlines: [{ from: 'issue', amount: 5, unit: 'working-day', task: '报送名单' }],
      contacts: [{ name: '甲乙', unit: '防火股', phones: ['1390000'], emails: [] }],
      targets: [{ value: 95, unit: '%', metric: '整改率' }],
      attachments: ['统计表'],
      sections: ['一、总体要求', '一/（一）目标', '一/（二）原则'],
      responsible: [{ section: '目标', units: ['防火股', '法制股'] }],
      focusItemsComplete: true,
      focusItems: [
        { text: '占用消防车通道', subject: '住宅小区', action: '严厉打击|依法查处' },
        { text: '未按规定设置消防设施' },
      ],
      tables: [
        {
          title: '统计表',
          columns: [['数量']],
          columnUnits: [null],
          rows: [
            { path: ['检查单位'], unit: '家' },
            { path: ['隐患', '一般'], unit: '处' },
          ],
          blank: 2,
          notApplicable: 0,
          frequency: 'monthly',
        },
      ],
    },
  ],
  findings: ['contact-missing'],
});
const perfect = extractionOfGold(gold);
const notice = perfect.notices[0]!;

const withNotice = (changes: Partial<Notice>): Extraction => ({ ...perfect, notices: [{ ...notice, ...changes }] });
const scored = (extraction: Extraction | { failed: string }) => summarizeScores([scoreExtraction(gold, extraction)]);
const field = (report: ReturnType<typeof scored>, name: string) =>
  [...report.fields, ...report.further].find((one) => one.field === name);

describe('scoring', () => {
  it('gives 1 to what finds everything', () => {
    const report = scored(perfect);
    expect(report.mean).toBe(1);
    expect(report.misses).toEqual([]);
    expect(report.further.every(({ f1 }) => f1 === 1)).toBe(true);
  });

  it('reports what our gold labels beyond the shared fields beside the mean', () => {
    const report = scored(withNotice({ copyNumber: null }));
    expect(report.mean).toBe(1);
    expect(field(report, 'copyNumber')?.f1).toBe(0);
  });

  it('counts a wrong value as false and missing, an absent one as missing alone', () => {
    const wrong = scored(withNotice({ title: { value: '关于别的事', evidence: [] } }));
    expect(field(wrong, 'title')).toMatchObject({ precision: 0, recall: 0 });
    expect(field(scored(withNotice({ title: null })), 'title')).toMatchObject({ precision: 1, recall: 0 });
  });

  it('asks for absence where gold says null', () => {
    const report = scored(withNotice({ region: { code: '920125', name: '苇塘县' } }));
    expect(field(report, 'region')?.f1).toBe(0);
    expect(report.misses).toEqual([{ file: 'a.txt', field: 'region', what: 'should be absent, got 920125' }]);
  });

  it('counts an item too many only where gold is complete', () => {
    const item = { ...notice.focusItems[0]!, text: '别的行为模式完全不同' };
    const extra = withNotice({ focusItems: [...notice.focusItems, item] });
    expect(field(scored(extra), 'focusItems')).toMatchObject({ precision: 2 / 3, recall: 1 });
    const open = { ...gold, notices: [{ ...gold.notices[0]!, focusItemsComplete: false }] };
    const report = summarizeScores([scoreExtraction(open, extra)]);
    expect(field(report, 'focusItems')).toMatchObject({ precision: 1, recall: 1 });
  });

  it('takes a second reading of a labelled due for no error, and keeps the one nearer to the task', () => {
    const again = { ...notice.deadlines[0]!, task: '表下注', responsible: null };
    const report = scored(withNotice({ deadlines: [again, ...notice.deadlines] }));
    expect(field(report, 'deadlines')).toMatchObject({ precision: 1, recall: 1 });
    expect(field(report, 'deadlines.task')?.f1).toBe(1);
    expect(field(report, 'deadlines.responsible')?.f1).toBe(1);
  });

  it('counts a due that gold does not have', () => {
    const other = { ...notice.deadlines[1]!, due: { kind: 'date' as const, date: '2025-07-01' } };
    const report = scored(withNotice({ deadlines: [...notice.deadlines, other] }));
    expect(field(report, 'deadlines')).toMatchObject({ precision: 2 / 3, recall: 1 });
  });

  it('accepts a day where gold gives the month of a phase', () => {
    const phases = [{ name: '启动', start: '2025-03-01', end: '2025-04-30', evidence: [] }];
    const report = scored(withNotice({ campaign: { ...notice.campaign!, phases } }));
    expect(field(report, 'campaign.phases')?.f1).toBe(1);
  });

  it('wants the path of a section, not its title alone', () => {
    const sections = notice.sections.map((section) => ({ ...section, number: '二、' }));
    expect(field(scored(withNotice({ sections })), 'sections')?.recall).toBe(0);
  });

  it('counts blank cells, units and labels of the table whose title is nearest', () => {
    const [attachment] = notice.attachments;
    const table = attachment!.tables[0]!;
    const changed = { ...table, cells: [], rows: table.rows.map((row) => ({ ...row, unit: '个' })) };
    const report = scored(withNotice({ attachments: [{ ...attachment!, tables: [changed] }] }));
    expect(field(report, 'tables.rows')?.f1).toBe(1);
    expect(field(report, 'tables.units')).toMatchObject({ recall: 1 / 3 });
    expect(field(report, 'tables.cells')).toMatchObject({ recall: 1 / 2 });
  });

  it('counts evidence that does not stand at its offsets', () => {
    const evidence = [{ page: 1, start: 1, end: 2, quote: '依据', confidence: 1 }];
    const report = scored(withNotice({ title: { ...notice.title!, evidence } }));
    expect(field(report, 'evidence')?.precision).toBeLessThan(1);
  });

  it('counts a file that gave nothing as missing everything', () => {
    const report = scored({ failed: 'broken' });
    expect(report.misses[0]).toEqual({ file: 'a.txt', field: 'extract', what: 'no result: broken' });
    expect(field(report, 'focusItems')?.recall).toBe(0);
    expect(field(report, 'tables.rows')).toMatchObject({ recall: 0, n: 2 });
  });
});

describe('matching', () => {
  it('folds width, white space, quotes, brackets and the full stop', () => {
    expect(fold('云 建燃［２０２５］31号。')).toBe('云建燃[2025]31号');
    expect(fold('“瓶安”')).toBe(fold('「瓶安」'));
  });

  it('drops the words that close an enumeration', () => {
    expect(foldItem('客货混装等违法违规行为')).toBe('客货混装');
    expect(foldItem('制度落实情况')).toBe('制度落实');
  });

  it('measures likeness by pairs of characters', () => {
    expect(dice('超量充装', '超量充装')).toBe(1);
    expect(dice('超量充装', '超量充')).toBeCloseTo(0.8);
    expect(dice('甲', '乙')).toBe(0);
  });

  it('matches the best pairs first, one to one', () => {
    const score = (g: number, r: number) => 10 - Math.abs(g - r);
    expect([...matchOneToOne([1, 5], [4, 5], score, 8)]).toEqual([[1, 1]]);
    expect([...matchOneToOne([1, 5], [4, 5], score, 6).entries()].sort()).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });
});
