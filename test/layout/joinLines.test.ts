import { describe, expect, test } from 'vitest';
import { outlineOf } from './flowOf.ts';

/** Lines as printed, apart by a bar; two bars are an empty line. Paragraphs apart by ¶. */
const paragraphs = (name: string, printed: string, expected: string) =>
  test(name, async () => expect((await outlineOf(printed.replaceAll('|', '\n'))).join(' ¶ ')).toBe(expected));

describe('goes on', () => {
  paragraphs(
    'a sentence cut by the end of a page',
    '为深入推进燃气安全专项整治，县住房和城乡建设局决定在全县开||展瓶装液化石油气集中检查。',
    '为深入推进燃气安全专项整治，县住房和城乡建设局决定在全县开展瓶装液化石油气集中检查。',
  );
  paragraphs(
    'over a page number',
    '各乡镇要压实责任，落实||— 3 —||属地管理要求。',
    '各乡镇要压实责任，落实属地管理要求。',
  );
  paragraphs(
    'an open book title',
    '根据《关于加强农药|管理工作的通知》要求。',
    '根据《关于加强农药管理工作的通知》要求。',
  );
  paragraphs('an open bracket', '各养殖场（含|合作社）应当记录用药。', '各养殖场（含合作社）应当记录用药。');
  paragraphs('behind a comma', '请各单位认真组织，抓好落实，|确保实效。', '请各单位认真组织，抓好落实，确保实效。');
  paragraphs(
    'a text broken at a fixed width, its paragraphs indented',
    [
      '　　为进一步规范秸秆禁烧管理工作，切实改善空气质量，根据有关规定，|现将有关事项通知如下：',
      '　　一、明确禁烧区域。全县行政区域为禁烧区，任何单位和个人不得露天|焚烧秸秆。',
      '　　二、落实属地责任。各乡镇对本辖区禁烧工作负总责，实行网格化管理|并公布举报电话。',
      '　　三、强化执法检查。县生态环境局牵头组织巡查，对违法焚烧行为依法|处罚。',
    ].join('|'),
    [
      '为进一步规范秸秆禁烧管理工作，切实改善空气质量，根据有关规定，现将有关事项通知如下：',
      '一、明确禁烧区域。全县行政区域为禁烧区，任何单位和个人不得露天焚烧秸秆。',
      '二、落实属地责任。各乡镇对本辖区禁烧工作负总责，实行网格化管理并公布举报电话。',
      '三、强化执法检查。县生态环境局牵头组织巡查，对违法焚烧行为依法处罚。',
    ].join(' ¶ '),
  );
});

describe('begins anew', () => {
  paragraphs(
    'a numbered heading, though the sentence before has no stop',
    '各学校要落实主体责任，按照|（一）加强领导。成立专班。',
    '各学校要落实主体责任，按照 ¶ （一）加强领导。成立专班。',
  );
  paragraphs('what follows a heading', '一、工作目标|到年底消除隐患。', '一、工作目标 ¶ 到年底消除隐患。');
  paragraphs(
    'labelled lines',
    '联系人：周明远|电话：0371-65500000|邮箱：a@example.org',
    '联系人：周明远 ¶ 电话：0371-65500000 ¶ 邮箱：a@example.org',
  );
  paragraphs(
    'signature and date',
    '附件：1.检查表|2.汇总表||桐河县水利局|2025年5月6日',
    '附件：1.检查表 ¶ 2.汇总表 ¶ 桐河县水利局 ¶ 2025年5月6日',
  );
  paragraphs(
    'the body behind its recipients',
    '各镇人民政府，县直有关单位：|为做好防汛工作，现通知如下。',
    '各镇人民政府，县直有关单位： ¶ 为做好防汛工作，现通知如下。',
  );
  paragraphs(
    'the disclosure line and the head of an attachment',
    '（此件公开发布）||附件1||桐河县校车检查表',
    '（此件公开发布） ¶ 附件1 ¶ 桐河县校车检查表',
  );
  paragraphs(
    'a date behind a seal',
    '本方案由县局负责解释|[印章：桐河县教育局]|2025年5月1日',
    '本方案由县局负责解释 ¶ [seal] ¶ 2025年5月1日',
  );
});
