import { isAgencyName } from './agencies.ts';
import { parseFullDate } from './dates.ts';
import { parseDocumentNumber } from './documentNumber.ts';
import { headingMarker } from './markers.ts';

/** What a line is by its own words, whatever stands around it: used where lines are joined and where they are classified. */

/** The statutory types of documents (文种, 《党政机关公文处理工作条例》 第八条) and 令. */
export const documentTypes = [
  '通知',
  '意见',
  '公告',
  '通告',
  '通报',
  '决定',
  '决议',
  '命令',
  '令',
  '公报',
  '报告',
  '请示',
  '批复',
  '议案',
  '函',
  '纪要',
] as const;
export const documentTypePattern = `(?:${documentTypes.join('|')})`;

/** Enclosures that a notice prints and sends out: not types of documents but names of what is enclosed. */
export const enclosurePattern =
  '(?:方案|办法|要点|细则|规定|计划|规划|指南|指引|制度|预案|规程|标准|措施|清单|规则|条例|导则|目录|大纲|分工|任务书|规范|准则|章程|安排|纲要|总结|守则|须知|说明|要求|意见|通则|暂行规定)';

/** 附件, 附件1, 附件一：, 附表2, 附：with what follows. */
export const attachmentHead =
  /^(?:附\s?件|附\s?表|附\s?录|附\s?图|附)\s?(?<number>\d{1,2}(?:[-—–]\d{1,2})?|[一二三四五六七八九十]{1,3})?\s?(?<mark>[:：.．、]|(?=[\s《]|$))\s?(?<rest>.*)$/u;

const label =
  /^(?:联\s?系\s?人|联系|电\s?话|手\s?机|传\s?真|邮\s?箱|电子|邮\s?编|(?:邮寄|通讯|通信|办公)?地\s?址|填报|填表|填\s?报|报送单位|单位名称|单位[:：(（]|日期|时间[:：]|注[:：]|备注[:：]|说明[:：]|抄\s?送|主\s?送|主题词|签发人|部内发送|校对|公开|信息公开|索引号|发文|成文|发布|来源|(?:责任|牵头|配合)(?:单位|部门|科室|处室|人)|完成时[限间]|(?:整改|办理)时限|时间安排|第[一二三四五六七八]阶段|组\s?长|副组长|成\s?员|主\s?任|副主任)[^，。；]{0,14}?(?:[:：]|$)/u;

/** The path of a web page above its article: 当前位置：首页 > 政策文件. What stands above it is the site's, not the paper's. */
export const breadcrumb =
  /^(?:您|你)?(?:现在|当前)?(?:的|所在)*位置(?:是)?\s?[:：]|^(?:网站)?首页\s?(?:>|＞|»|›|→|\/)/u;

/** Whether a line begins something of its own, so that nothing before it can run on into it. */
export function beginsAnew(text: string): boolean {
  return (
    headingMarker(text) !== undefined ||
    (attachmentHead.test(text) && text.length <= 80) ||
    label.test(text) ||
    /^[（(](?:此[件页]|本页|公开|联系人|信息公开)|^——[\u4e00-\u9fa5]/u.test(text) ||
    parseDocumentNumber(text) !== undefined
  );
}

const titleEnd = new RegExp(
  `关于[^，。；]{2,200}的?${documentTypePattern}(?:[（(][^（()）]{4,24}号[）)])?(?:\\s?[_|｜].{0,60})?$`,
  'u',
);

/** 某某办公室 2024年7月11日, on one line: where the body's name ends and where the day begins; undefined where there is no such two. */
export function bodyAndDay(text: string): { readonly bodyEnd: number; readonly dayStart: number } | undefined {
  const day = /(?<=[\u4e00-\u9fa5])\s?(?:19|20)\d{2}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日$/u.exec(text);
  if (!day || day.index < 4 || day.index > 40 || !isAgencyName(text.slice(0, day.index))) return undefined;
  return { bodyEnd: day.index, dayStart: text.length - day[0].trimStart().length };
}

/** Whether a line is complete by its own words: nothing after it can be its continuation. */
export function standsAlone(text: string): boolean {
  return (
    parseDocumentNumber(text) !== undefined ||
    parseFullDate(text) !== undefined ||
    isAgencyName(text) ||
    // A body and the day on one line: a signature, or the head of minutes.
    bodyAndDay(text) !== undefined ||
    /^[\u4e00-\u9fa5、\s]{2,40}文件$/u.test(text) ||
    titleEnd.test(text) ||
    breadcrumb.test(text) ||
    (label.test(text) && text.length <= 60) ||
    // A person's line ends with the number or the address.
    (text.length <= 60 &&
      /(?:^|[^\d-])(?:0\d{2,3}-)?\d{7,11}(?:转\d{1,6})?$|(?:^|\D)400-?\d{3}-?\d{4}$|\d日印发$|@[\w-]+(?:\.[\w-]+)+$/u.test(
        text,
      )) ||
    (attachmentHead.test(text) && text.length <= 60) ||
    /^[（(][^（()）]{2,30}[）)]$/u.test(text)
  );
}

/** Ends as a sentence ends, quotes and brackets included. */
export function endsSentence(text: string): boolean {
  // No bracket at the end is longer; the patterns must not search a whole document on one line.
  const tail = text.slice(-300);
  return (
    /[。！？!?；;：:](?:["”’）)》】]{0,2})$/u.test(tail) ||
    // The closing words, with or without their stop.
    /特此(?:通知|通报|通告|公告|报告|函告|函达|函复|批复)$/u.test(tail) ||
    // …，确保全覆盖。（具体安排见附件）
    /[。！？][（(][^（()）]{2,30}[）)]$/u.test(tail) ||
    // The units in charge stand in brackets behind the last sentence.
    /[（(][^（()）]*(?:负责|牵头|配合|落实|承担|参与|责任单位[^（()）]*|按职责分工[^（()）]*)[）)]$/u.test(tail)
  );
}
