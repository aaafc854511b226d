import { describe, expect, it } from 'vitest';
import { Correction, type CorrectionMark, NewCorrection } from '../../models/api/library.ts';
import type { Evidence, FocusItem, Notice } from '../../models/index.ts';
import { correctNotice } from '../../server/store/applyCorrections.ts';
import { bareNotice } from '../extraction.ts';

const text = '云山县应急局：请检查烟花爆竹零售点、液化气站。4月30日前报送。';

function at(quote: string, within = text): readonly Evidence[] {
  const start = within.indexOf(quote);
  return [{ page: 1, start, end: start + quote.length, quote, confidence: 1 }];
}

function focus(id: string, said: string, quote: string): FocusItem {
  return { id, text: said, subject: null, action: null, section: null, evidence: at(quote) };
}

const items = [
  focus('f1', '烟花爆竹零售点', '烟花爆竹零售点、液化气站'),
  focus('f2', '液化气站', '烟花爆竹零售点、液化气站'),
];

let last = 0;
function correction(given: Readonly<Record<string, unknown>>, withdrawn = false): Correction {
  last += 1;
  return Correction.parse({
    ...NewCorrection.parse(given),
    correctionId: last,
    fileId: 'a'.repeat(64),
    noticeId: 'n1',
    actor: '李明',
    at: '2025-04-01T00:00:00.000Z',
    withdrawnAt: withdrawn ? '2025-04-02T00:00:00.000Z' : null,
    withdrawnBy: withdrawn ? '李明' : null,
  });
}

const said = (notice: Notice) => notice.focusItems.map((item) => item.text);
const places = (marks: readonly CorrectionMark[]) => marks.map((mark) => [mark.index, mark.removed]);

describe('Corrections of a notice', () => {
  it('tell items apart that stand in the same words', () => {
    const read = bareNotice({ focusItems: items });
    const second = correction({
      field: 'focusItems',
      quote: '烟花爆竹零售点、液化气站',
      before: items[1],
      value: { text: '液化石油气站', subject: null, action: '检查', section: null },
    });
    const { notice, marks } = correctNotice(text, read, [second]);
    expect(said(notice)).toEqual(['烟花爆竹零售点', '液化石油气站']);
    expect(notice.focusItems[1]).toMatchObject({ id: 'f2', evidence: items[1]?.evidence });
    expect(marks).toMatchObject([{ index: 1, removed: false, correctionIds: [second.correctionId], read: items[1] }]);
  });

  it('are found again where the file was read in another order and with other offsets', () => {
    const again = `第一行\n${text.replace('、', '、 ')}`;
    const moved = items.toReversed().map((item) => ({ ...item, evidence: at('烟花爆竹零售点、 液化气站', again) }));
    const gone = correction({
      field: 'focusItems',
      quote: items[0]?.evidence[0]?.quote,
      before: items[0],
      value: null,
    });
    const { notice, marks } = correctNotice(again, bareNotice({ focusItems: moved }), [gone]);
    expect(said(notice)).toEqual(['液化气站']);
    expect(places(marks)).toEqual([[null, true]]);
  });

  it('hold on without what they corrected, and as one with what is read by now', () => {
    const value = { text: '加油站', subject: null, action: null, section: null };
    const added = correction({ field: 'focusItems', value });
    const lost = correction({
      field: 'focusItems',
      quote: '不再有的话',
      before: items[0],
      value: { ...value, text: '油库' },
    });
    expect(said(correctNotice(text, bareNotice(), [added, lost]).notice)).toEqual(['加油站', '油库']);
    const read = bareNotice({ focusItems: [focus('f1', '加油站', '零售点')] });
    const now = correctNotice(text, read, [added]);
    expect(said(now.notice)).toEqual(['加油站']);
    expect(now.notice.focusItems[0]?.evidence[0]?.quote).toBe('零售点');
  });

  it('follow one another, and what is taken back counts no more', () => {
    const read = bareNotice({ focusItems: items.slice(0, 1) });
    const quote = '烟花爆竹零售点、液化气站';
    const value = (words: string) => ({ text: words, subject: null, action: null, section: null });
    const first = { field: 'focusItems', quote, before: items[0], value: value('零售点') };
    const second = correction({ field: 'focusItems', quote, before: value('零售点'), value: value('批发点') });
    expect(said(correctNotice(text, read, [correction(first), second]).notice)).toEqual(['批发点']);
    expect(said(correctNotice(text, read, [correction(first, true), second]).notice)).toEqual(['批发点']);
    expect(said(correctNotice(text, read, [correction(first, true)]).notice)).toEqual(['烟花爆竹零售点']);
  });

  it('keep quotes that are in the text, at the place they have now', () => {
    const quote = '云山县应急局';
    const value = { value: '云山县应急管理局', evidence: at(quote) };
    const again = `页眉\n${text}`;
    const { notice } = correctNotice(again, bareNotice(), [correction({ field: 'issuingBody', value })]);
    const [evidence] = notice.issuingBody?.evidence ?? [];
    expect(evidence && again.slice(evidence.start, evidence.end)).toBe(quote);
    const other = correctNotice('别的文字', bareNotice(), [correction({ field: 'issuingBody', value })]);
    expect(other.notice.issuingBody).toEqual({ value: '云山县应急管理局', evidence: [] });
  });

  it('that lost the shape of their field are left out, not shown broken', () => {
    const wrong = correction({ field: 'deadlines', value: { task: '没有期限' } });
    const right = correction({ field: 'issueDate', value: { value: '2025-04-01' } });
    const { notice, marks } = correctNotice(text, bareNotice(), [wrong, right]);
    expect(notice.deadlines).toEqual([]);
    expect(notice.issueDate?.value).toBe('2025-04-01');
    expect(marks.map((mark) => mark.field)).toEqual(['issueDate']);
  });

  it('can say that nothing of a kind is there, or all of it anew', () => {
    const read = bareNotice({ focusItems: items });
    const none = correction({ field: 'focusItems', value: null });
    expect(said(correctNotice(text, read, [none]).notice)).toEqual([]);
    const value = [{ text: '油库', subject: null, action: null, section: null }];
    const { notice, marks } = correctNotice(text, read, [none, correction({ field: 'focusItems', value })]);
    expect(said(notice)).toEqual(['油库']);
    expect(marks[0]).toMatchObject({ index: null, removed: false, read: items });
  });
});
