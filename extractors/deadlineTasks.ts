import { headingMarker } from '../models/text/markers.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import { body, modal, organisation } from './deadlineParties.ts';
import { splitTopLevel } from './splitList.ts';

/** What is owed: the words before and behind a limit, given to each of several dates. */

/** A deed without the thing that it is done to, which stands before the limit: …逐条核查，8月20日前完成. */
const bareDeed =
  /^(?:全部|全面|一律|均|及时|基本|一次性)*(?:完成|办结|落实到位|整改到位|销号|淘汰|退出|清零|拆除|取缔|关停|申报|缴纳|拨付|发放|兑付|验收|建成|投用|投产|投运|通车)+(?:到位)?(?=[，,；;。]|$)/u;

/** 向市局报送…: to whom it goes is no part of what is owed. */
const toWhom = new RegExp(`^向(?:${body}[、和])?${body}(?=报|提|反)`, 'u');

/** The task of each of several dates: 分别 gives each its own where the objects are as many, else all share it. */
export function distribute(words: string, lead: string, count: number, title: string): string[] {
  const clean = (task: string) => {
    const bare = withoutLayoutSpaces(
      task
        .replace(/^(?:注|备注|(?:填[表报])?说明)\s?[:：]?/u, '')
        .replace(/[（(](?!附|详见|见)[^（()）]{8,}[）)]/gu, '')
        .replace(/[:：]?\s?[A-Za-z0-9][\w.-]*@.*$/u, '')
        .replace(/^[，,、\s]*(?:分别|各(?=报|开展|进行|组织|召开|完成)|统一|及时|一并|并(?=[将把])|将|把|请)*/u, '')
        .replace(/^[，,、]*/u, ''),
    )
      .replace(/[，,；;。]+$/u, '')
      // …，一并发送至 (the address has been cut off).
      .replace(/[，,](?:一并)?(?:发送|报送|上报|反馈|发|报)(?:至|到)$/u, '');
    // 向国务院报告 alone: without whom it would say nothing.
    const said = bare.replace(toWhom, '');
    return said.length > 3 ? said : bare;
  };
  const whole = clean(words);
  if (count > 1) {
    const objects =
      /(?:将|把|报送|上报|提交)(?<objects>[^，。；]{4,120}?)(?:报送|上报|报至|报给|报|发送|送|提交|反馈|$)/u.exec(
        words.replace(/^分别/u, ''),
      )?.groups?.objects;
    if (objects) {
      const parts = splitTopLevel(objects, /、|，|以及|和|及/gu).map(({ start, end }) => objects.slice(start, end));
      // 分别于3月20日、9月20日前将A、B报送: each date its own. 于3月18日、6月18日前分别报送A、B: both each time, unless A and B
      // say themselves which time they are of.
      const each =
        /分别/u.test(lead.slice(-12)) ||
        (/阶段|小结|半年|中期|启动|部署/u.test(parts[0] ?? '') && /总结|全年|年度|终期/u.test(parts.at(-1) ?? '')) ||
        parts.every((part) => /半年|季度|全年|年度|年中|阶段|启动|部署|中期|终期/u.test(part));
      const kind =
        /(?:工作|监管|检查|整治|进展)*(?:总结|情况|报告|报表|小结)[^和及、]*$/u.exec(parts.at(-1) ?? '')?.[0] ?? '';
      const whole = parts.map((part) =>
        /^(?:半年|全年|(?:上一|本|上)?年度|阶段性?|季度|上半年|下半年)$/u.test(part) ? part + kind : part,
      );
      if (whole.length === count && whole.every((part) => part.length >= 4) && each)
        return whole.map(withoutLayoutSpaces);
    }
  }
  // 名单3月5日前报我局: the verb alone says nothing of what is owed.
  const bare =
    /^(?:报|上报|报送|函报|发送|传真|书面报|交|送|提交|抄送)(?:至|给|到|送)?(?!.{0,12}(?:数据|总结|报告|表|情况|结果|材料|方案|名单|台账|信息|清单|计划|案例|线索))/u.test(
      whole,
    );
  // …逐条核查，8月20日前完成: what is to be done stands before.
  const closing = bareDeed.exec(whole)?.[0];
  // 完成第一轮摸排: short, and yet it says what.
  const own = /^(?:全面|基本)?(?:完成|实现|建成|制定|出台|召开|启动|建立|公布)[^，。；]{2,}/u.test(whole);
  if ((whole.length >= 10 || own) && !bare && !closing) return [whole];
  // 统计数据……每月5日前发送到邮箱: what is to be sent stands before the limit.
  const before = lead
    .slice(headingMarker(lead)?.end ?? 0)
    // （二）6月20日前，…: a number alone is no task.
    .replace(/^(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十\d]{1,3}[、.．])\s*$/u, '')
    .replace(/^(?:注|备注|(?:填[表报])?说明)\s?[:：]\s?(?:\d\s?[.．、])?/u, '')
    .replace(modal, '')
    .replace(/[，,；;：:\s]+$/u, '')
    .replace(/^[、，,；;]+/u, '')
    // 报送的排查情况调整为9月20日前: the limit is new, the thing is the same.
    .replace(/^.*原[^，。；]{0,30}的(?=[^的]{2,24}(?:调整|变更|改|推迟|延期|延长|顺延|提前)(?:为|至|到)$)/u, '')
    .replace(/(?:调整|变更|改|推迟|延期|延长|顺延|提前)(?:为|至|到)$/u, '');
  // Behind a semicolon nothing that stands before it is meant.
  const pieces = /[；;。]\s*$/u.test(lead) ? [] : splitTopLevel(before, /[。；;]/gu);
  const last = pieces.at(-1);
  const sentence = last ? before.slice(last.start, last.end) : '';
  const parts = splitTopLevel(sentence, /[，,]/gu)
    .map(({ start, end }) => sentence.slice(start, end))
    .slice(-3)
    .reverse()
    .filter(
      (part) =>
        !/每[一两二三四]?[周月季旬日年]|(?:率|比例|比重)[^，]{0,8}[\d]|(?:不超过|不得超过|不低于|不少于|不多于)\s?\d|^(?:按照?|根据|依据|经)[^的]*(?:部署|要求|规定|安排)$/u.test(
          part,
        ),
    );
  const short = parts[0] ?? title;
  // 半年总结、全年总结分别于6月20日、11月20日前报送: each date its own.
  const objects = splitTopLevel(short, /、|和|及/gu).map(({ start, end }) => short.slice(start, end));
  if (count > 1 && objects.length === count && /分别(?:于|在)?\s?$/u.test(lead))
    return objects.map((object) => withoutLayoutSpaces(`${object}${whole}`));
  // The thing to be handed in, else the nearest words that are no mere manner (经…审核后, 按照…要求).
  if (closing && short.length >= 4) return [withoutLayoutSpaces(`${short}${closing}`)];
  const named =
    parts.find(
      (part) =>
        /数据|总结|报告|表|情况|结果|材料|方案|名单|台账|信息|清单|计划|名录/u.test(part) &&
        !/^(?:经|按|根据)/u.test(part),
    ) ??
    parts.find((part) => !/^(?:经|按|根据|并|对)/u.test(part) && part.length <= 16) ??
    (whole ? '' : short);
  return [
    withoutLayoutSpaces(
      `${organisation.test(named) && !/数据|总结|报告|方案|(?:情况|结果|名单|表)[》”]?$/u.test(named) ? '' : named}${whole}`,
    ) ||
      whole ||
      withoutLayoutSpaces(short),
  ];
}
