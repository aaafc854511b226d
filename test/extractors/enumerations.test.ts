import { expect, test } from 'vitest';
import { noticeWith } from './noticeWith.ts';

/** A body, and what is to be inspected: text, for whom (@) and by which verb (!). */
const items = (reason: string, body: string, ...expected: string[]) =>
  test(reason, async () => {
    const { focusItems } = await noticeWith(body);
    expect(
      focusItems.map(
        ({ text, subject, action }) => `${text}${subject ? ` @${subject}` : ''}${action ? ` !${action}` : ''}`,
      ),
    ).toEqual(expected);
  });

items(
  'a bare verb governs faults, and whom it concerns holds over a semicolon',
  '对民宿，检查未落实实名登记；了解燃气热水器带病运行。',
  '未落实实名登记 @民宿 !检查',
  '燃气热水器带病运行 @民宿 !了解',
);
items('a bare verb before anything else governs none', '各地要加强领导，检查工作要留有记录。检查人员应当持证。');
items(
  'an enumeration with commas ends with its sentence where no 等 closes it',
  '重点检查疏散通道堆放杂物，防火门下方放置展架，营业时锁闭楼梯间。',
  '疏散通道堆放杂物 !重点检查',
  '防火门下方放置展架 !重点检查',
  '营业时锁闭楼梯间 !重点检查',
);
items('what is done about a fault is none', '严厉打击非法捕捞，公布一批典型案例，筑牢安全底线。', '非法捕捞 !严厉打击');
items(
  'a place with its verb stands by itself in an enumeration',
  '坚决整治在校门口发放广告、夸大训练效果、制造家长焦虑等行为。',
  '在校门口发放广告 !坚决整治',
  '夸大训练效果 !坚决整治',
  '制造家长焦虑 !坚决整治',
);
items(
  'every ban of a clause bans its own',
  '严禁在水源地投放饲料，严禁养殖环节使用禁用兽药。',
  '在水源地投放饲料 !严禁',
  '养殖环节使用禁用兽药 !严禁',
);
items(
  'an enumeration may stand before its verb, a comma between',
  '对未经许可擅自施工、利用夜间倾倒渣土等违法行为，依法从严查处。',
  '未经许可擅自施工 !依法从严查处',
  '利用夜间倾倒渣土 !依法从严查处',
);
items(
  'a sentence that announces a list is none of its items',
  '三、检查重点\n重点检查以下情形：\n（1）缆绳断股、锈蚀；\n（2）救生衣数量不足。',
  '缆绳断股、锈蚀 !重点检查',
  '救生衣数量不足 !重点检查',
);
items(
  'several verbs before one noun stay together',
  '重点整治违规从事维修、清洗作业等行为。',
  '违规从事维修、清洗作业 !重点整治',
);
