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

describe('lines copied from pages, without indents', () => {
  /** Enough full lines (28 characters) to show at what width the text was broken. */
  const copied = (...lines: string[]) =>
    [
      '为进一步规范秸秆禁烧管理工作，切实改善空气质量，根据省有关规',
      '定，现将有关事项通知如下：',
      '一、明确禁烧区域。全县行政区域为禁烧区，任何单位和个人不得在',
      '区域内露天焚烧秸秆和垃圾，乡镇政府要与各村签订责任书并将责任',
      '落实到田块，网格员要每日巡查，发现火点立即扑灭并按照规定上报',
      '县生态环境局，不得迟报漏报瞒报。',
      ...lines,
    ].join('|');
  const before =
    '为进一步规范秸秆禁烧管理工作，切实改善空气质量，根据省有关规定，现将有关事项通知如下： ¶ 一、明确禁烧区域。全县行政区域为禁烧区，任何单位和个人不得在区域内露天焚烧秸秆和垃圾，乡镇政府要与各村签订责任书并将责任落实到田块，网格员要每日巡查，发现火点立即扑灭并按照规定上报县生态环境局，不得迟报漏报瞒报。';
  const goesOnAs = (name: string, lines: string[], expected: string) =>
    paragraphs(name, copied(...lines), `${before} ¶ ${expected}`);

  goesOnAs(
    'a full line that happens to end with a sentence',
    ['二、落实属地责任。各乡镇对本辖区的禁烧工作负总责，落实到人。', '网格员每日巡查。'],
    '二、落实属地责任。各乡镇对本辖区的禁烧工作负总责，落实到人。网格员每日巡查。',
  );
  goesOnAs(
    'not so where a body of its own is named',
    ['县生态环境局：负责本县禁烧工作的统筹协调、督查考核通报等事。', '县公安局：负责依法查处。'],
    '县生态环境局：负责本县禁烧工作的统筹协调、督查考核通报等事。 ¶ 县公安局：负责依法查处。',
  );
  goesOnAs(
    'the number that a label at the end of a line awaits',
    ['三、各乡镇要于2025年9月10日前报送方案，联系电话：', '0357-6600001。'],
    '三、各乡镇要于2025年9月10日前报送方案，联系电话：0357-6600001。',
  );
  goesOnAs(
    'a line with digits, which are half as wide',
    ['四、请于2025年9月10日至2025年10月10日期间报送有关情', '况。'],
    '四、请于2025年9月10日至2025年10月10日期间报送有关情况。',
  );
  goesOnAs(
    'words that look like a body behind a comma',
    ['五、坚持守正创新，聚焦顶层设计，以深化体系改革为使命推动高起', '点开局'],
    '五、坚持守正创新，聚焦顶层设计，以深化体系改革为使命推动高起点开局',
  );
  goesOnAs(
    'a bracket that a colon does not close',
    ['六、加强巡查。严格落实网格员每日巡查和火点报告制度（责任单位：', '县农业农村局）'],
    '六、加强巡查。严格落实网格员每日巡查和火点报告制度（责任单位：县农业农村局）',
  );
  goesOnAs(
    'the imprint behind an address',
    ['七、联系人：周明远，县生态环境局，邮箱：zhoumy@example.org', '桐河县人民政府办公室2025年5月6日印发'],
    '七、联系人：周明远，县生态环境局，邮箱：zhoumy@example.org ¶ 桐河县人民政府办公室2025年5月6日印发',
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
