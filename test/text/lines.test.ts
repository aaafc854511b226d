import { describe, expect, test } from 'vitest';
import { attachmentHead, beginsAnew, documentTypes, endsSentence, standsAlone } from '../../models/text/lines.ts';

const head = (text: string, expected: string | undefined) =>
  test(`${text} → ${expected ?? 'no head of an attachment'}`, () => {
    const groups = attachmentHead.exec(text)?.groups;
    expect(groups && `${groups.number ?? '-'} ${groups.rest}`.trimEnd()).toBe(expected);
  });

head('附件', '-');
head('附件1', '1');
head('附 件 2', '2');
head('附件：登记表', '- 登记表');
head('附件一：工作方案', '一 工作方案');
head('附件1-2', '1-2');
head('附表2 统计表', '2 统计表');
head('附：名单', '- 名单');
head('附近', undefined);
head('附件的要求', undefined);
head('附加条件', undefined);

const says = (what: string, rule: (text: string) => boolean, expected: boolean, ...texts: readonly string[]) =>
  test.each(texts)(`${what}: %s`, (text) => expect(rule(text)).toBe(expected));

describe('joining lines', () => {
  says(
    'begins something of its own',
    beginsAnew,
    true,
    '一、目标',
    '附件1',
    '联系人：余守拙',
    '（此件公开发布）',
    '禾住建〔2025〕58号',
    '组长：李四',
    '完成时限：2025年6月30日前',
    '责任单位：县教育局，各乡镇人民政府',
    '第三阶段：集中整改阶段',
  );
  says('may go on from the line before', beginsAnew, false, '继续做好工作', '2025年的检查工作', '附近的单位');
  says(
    'is complete',
    standsAlone,
    true,
    '禾住建〔2025〕58号',
    '2025年4月16日',
    '禾溪县教育局',
    '禾溪县人民政府文件',
    '禾溪县教育局关于做好防汛工作的通知',
    '禾溪县人民政府办公室2025年7月11日',
    '联系人：余守拙',
    '（此件公开发布）',
  );
  says('may go on in the line after', standsAlone, false, '现将有关事项通知如下', '关于加强管理', '各单位要认真');
  says(
    'ends a sentence',
    endsSentence,
    true,
    '完成。',
    '完成；',
    '如下：',
    '他说“好。”',
    '开展检查（县教育局负责）',
    '不留死角。（具体安排见附件）',
    '组织演练。特此通知',
  );
  says('ends none', endsSentence, false, '完成', '（见附件）', '检查、');
});

test.each(documentTypes)('a title that ends in %s is complete', (type) => {
  expect(standsAlone(`关于做好防汛工作的${type}`)).toBe(true);
});
