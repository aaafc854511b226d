import { describe, expect, test } from 'vitest';
import { extractText, noticeWith } from './noticeWith.ts';

/** A sentence and what it cites: role, title, number, the body that issued it. */
const cited = (sentence: string, ...expected: (readonly [string, string | null, string | null, string | null])[]) =>
  test(sentence, async () => {
    const { citedDocuments } = await noticeWith(sentence);
    expect(citedDocuments.map((d) => [d.role, d.title, d.documentNumber, d.issuingBody])).toEqual(expected);
  });

describe('laws', () => {
  cited(
    '根据《中华人民共和国安全生产法》《危险化学品安全管理条例》，制定本方案。',
    ['law', '中华人民共和国安全生产法', null, null],
    ['law', '危险化学品安全管理条例', null, null],
  );
  cited('根据《桐河县河湖管理办法（试行）》处理。', ['law', '桐河县河湖管理办法（试行）', null, null]);
});

describe('documents', () => {
  cited('按照《晋平市教育局关于加强校车管理的通知》（晋教安〔2025〕4号）要求，开展检查。', [
    'basis',
    '晋平市教育局关于加强校车管理的通知',
    '晋教安〔2025〕4号',
    '晋平市教育局',
  ]);
  cited('为贯彻晋平市应急管理局《关于开展粉尘防爆检查的通知》精神，现通知如下。', [
    'basis',
    '关于开展粉尘防爆检查的通知',
    null,
    '晋平市应急管理局',
  ]);
  cited('按照桐政办发〔2024〕18号文件要求执行。', ['basis', null, '桐政办发〔2024〕18号', null]);
  cited('依据《关于印发〈桐河县燃气整治方案〉的通知》（桐建发〔2025〕3号）。', [
    'basis',
    '关于印发〈桐河县燃气整治方案〉的通知',
    '桐建发〔2025〕3号',
    null,
  ]);
  cited('市局《工作要点》已印发。', ['mentioned', '工作要点', null, null]);
  cited('根据《未写完的书名号，开展检查。');
});

test('the number of the notice itself is no citation', async () => {
  const { notices } = await extractText(
    '桐教发〔2025〕5号\n\n关于检查的通知\n\n各学校：\n\n桐教发〔2025〕5号自即日起施行，同时废止桐教发〔2020〕9号。\n',
  );
  expect(notices[0]?.citedDocuments.map((d) => d.documentNumber)).toEqual(['桐教发〔2020〕9号']);
});

test('a document named twice is one with two places; its title may stand apart from its number', async () => {
  const { citedDocuments } = await noticeWith('根据《桐河县防汛预案》，做好准备。\n\n各单位要熟悉《桐河县防汛预案》。');
  expect(citedDocuments.map(({ title, evidence }) => [title, evidence.length])).toEqual([['桐河县防汛预案', 2]]);
});

test('a title that stood alone, then with its number, then the number alone are one document', async () => {
  const { citedDocuments } = await noticeWith(
    '落实《关于加强校车管理的通知》。\n\n按照《关于加强校车管理的通知》（晋教安〔2025〕4号）检查。\n\n按晋教安〔2025〕4号文件报送。',
  );
  expect(citedDocuments.map(({ documentNumber, evidence }) => [documentNumber, evidence.length])).toEqual([
    ['晋教安〔2025〕4号', 3],
  ]);
});

test('the number under which a statistical form was approved is no citation', async () => {
  const notice = await noticeWith(
    '请按时报送。\n\n附件：救助统计表',
    '附件\n\n救助统计表\n\n批准文号：桐统制〔2024〕8号\n\n类别\t人数（人）\n老人\t\n',
  );
  expect(notice.citedDocuments).toEqual([]);
});

describe('what is passed on in the words of the body', () => {
  cited('现将《市局关于开展汛期检查的通知》（晋教发〔2024〕22号）转发给你们（见附件1），请认真执行。', [
    'forwarded',
    '市局关于开展汛期检查的通知',
    '晋教发〔2024〕22号',
    null,
  ]);
  cited('现将晋教综[2024]231号文《关于开展汛期检查的通知》转发给你们。', [
    'forwarded',
    '关于开展汛期检查的通知',
    '晋教综[2024]231号',
    null,
  ]);
});

test('a title in the list of attachments is the document that the body names with its number', async () => {
  const { citedDocuments } = await noticeWith(
    '现将《市局关于开展汛期检查的通知》（晋教发〔2024〕22号）转发给你们。\n\n附件：1.《市局关于开展汛期检查的通知》\n2.统计表',
  );
  expect(citedDocuments.map(({ documentNumber, evidence }) => [documentNumber, evidence.length])).toEqual([
    ['晋教发〔2024〕22号', 2],
  ]);
});

describe('what stands in marks and is no document', () => {
  cited('依据《晋平市重点排污单位名单》开展检查。', ['basis', '晋平市重点排污单位名单', null, null]);
  cited('填写《汛期检查情况统计表》，查验《取水许可证》，按《通知》要求开展。');
});
