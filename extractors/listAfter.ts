import { fault, matterNouns } from './focusWords.ts';
import { takesObject } from './splitItems.ts';
import { splitTopLevel } from './splitList.ts';
import { beginsWithPredicate, isClause } from './words.ts';

/** Where an enumeration is summed up. */
const summedUp = new RegExp(
  `(?:等(?:[^，。；、]{0,14})(?:${matterNouns}|乱象|事项|活动|方面|内容)(?:线索)?|等)(?=[，,。；;]|$)`,
  'u',
);

/** The enumeration behind a verb: to 等…行为, to 为重点, or to the first comma that no list goes over. */
export function listAfter(after: string): string {
  const focus = /为(?:重点|主要内容|主线)/u.exec(after);
  const text = focus ? after.slice(0, focus.index) : after;
  const closed = summedUp.exec(text);
  const clauses = splitTopLevel(text, /[，,]/gu);
  const first = clauses[0];
  if (!first) return '';
  // 是否…，是否…: goes on as long as clauses ask.
  if (
    /是否|有没有|有无/u.test(text.slice(first.start, first.end)) &&
    !/^[^，]*是否存在[^，]*(?:行为|问题|情形)/u.test(text)
  ) {
    if (closed && /^\s*(?:是否存在|有无)/u.test(text)) return text.slice(0, closed.index + closed[0].length);
    let end = first.end;
    for (const clause of clauses.slice(1)) {
      if (!/是否|有没有|有无/u.test(text.slice(clause.start, clause.end))) {
        if (!/是否/u.test(text.slice(clause.end))) break;
      }
      end = clause.end;
    }
    return text.slice(0, end);
  }
  if (closed) return text.slice(0, closed.index + closed[0].length);
  // 屡次A、B、C的药品经营企业 or A，以及B.
  const others = clauses.slice(1).map(({ start, end }) => text.slice(start, end));
  // 走村入户忽悠销售劣质肥料 among others: what is no measure goes with the many that are matters.
  const matters = others.filter((words) => namesMatter(words) || (mayBeMatter(words) && fault.test(words))).length;
  const listsOn = matters === others.length ? matters > 0 : matters * 2 > others.length && others.every(mayBeMatter);
  let end = first.end;
  for (const clause of clauses.slice(1)) {
    const words = text.slice(clause.start, clause.end);
    if (!/^(?:以及|和|及(?!时)|与)/u.test(words) && !oneMoreFault(words) && !listsOn) break;
    end = clause.end;
  }
  return text.slice(0, end);
}

/** What is to be done about a fault or for the cause, not one more fault: 督促…, 依法…, 公布一批…. */
const measure =
  /^(?:要|应|须|并|请|对|高度|持续|重视|紧盯|警惕|将(?=[^，]{0,20}(?:移送|通报|公布|予以|列为|列入|纳入(?:重点|信用)|作为))|确保|做到|督促|责令|依法|及时|严格|坚决|严防|防止|防范|杜绝|切实|发现|凡|一律|如|同时|坚持|进一步|加大|加强|强化|推动|形成|建立|完善|落实|逐|全面|不断|实现|保障|努力|不得|不留|不放|不漏|不走|绝不|决不|从而|涉嫌|涉及|情节|构成|有效|避免|促进|维护|压实|消除|违者|按照?|根据|筑牢|提升|提高|营造|引导|教育|净化|遏制|守护|守牢|打造|巩固|深化|优化|健全|构建|夯实|公布|公开|曝光|通报|移送|支持|鼓励|组织(?=开展|实施|力量|专项|检查|执法|各|有关|召开|学习|人员)|开展|共同|联合|会同|配合|统筹|积极|主动|定期|分类|分级)|[一两]批|力度|底线|态势|环境$|率(?:达|不低|保持|[\d1])|^通过(?:专项|集中|此次|本次)|(?:明显|显著)(?:增强|提升|改善|提高)|^[^未]*不少于\d/u;

export const isMeasure = (words: string): boolean => measure.test(words);

const mayBeMatter = (words: string): boolean =>
  words.length >= 4 && words.length <= 30 && !measure.test(words) && !/应(?!急)|须|不得|严禁|[:：]|前报/u.test(words);

/** Whether a clause names a matter as an enumeration with commas does: 打击出借医保卡，倒卖医保药品. */
const namesMatter = (words: string): boolean =>
  mayBeMatter(words) && (beginsWithPredicate(words) || takesObject.test(words) || isClause(words));

/** Behind a comma: another fault (消防栓无水, 未落实…, 使用过期…), not what is to be done about it. */
const oneMoreFault = (words: string): boolean =>
  !measure.test(words) &&
  words.length <= 40 &&
  (/^(?:未|无|违规|违法|非法|擅自|私自|超|虚假|伪造|逃避|拒不|冒用|使用(?:过期|未经|非|不)|销售(?:过期|未经|假|劣|国家)|从)/u.test(
    words,
  ) ||
    /(?:未[\u4e00-\u9fa5]{2}|不(?:严|实|足|全|到位|规范|健全|落实|符|达标|完善|完好|畅)|失效|缺失|瘫痪|破损|脱落|被(?:侵|占|堵|挪|毁|盗)|无(?:水|电|证|人|资质)|违规|擅自|私自|带病|超[员载限期速])/u.test(
      words,
    ));
