import type { Span } from '../models/index.ts';
import { fault } from './focusWords.ts';
import transitive from './lexicon/transitive.json' with { type: 'json' };
import { fieldsAlone, oneMatter, sameThings } from './listKinds.ts';
import { splitTopLevel, topLevelPositions } from './splitList.ts';
import { beginsWithPredicate, endsWithNoun, hasVerb, isClause, isNoun, startsWithVerb } from './words.ts';

/**
 * What ends an enumeration of behaviours: 等违法违规行为, 等情形, 的问题. The nouns behind which the list is closed; 情况 closes it only
 * behind 等, for an item's own last word is often 情况.
 */
const listTail =
  /(?:(?:等|之类)(?:[^等，、]{0,6}(?:违法违规|违法犯罪|违规违法|违纪违法|违法|违规|违章|不法|犯罪|侵权|失信|不规范|高风险|突出|严重|典型|重点|主要|常见|易发|多发|相关|有关|其他|各类|各种|危害|的)|问题|新|风险|安全|质量|交通){0,4}(?:行为|活动|情形|问题|情况|现象|隐患|乱象|事项|内容|方面|环节|案件|线索|风险|工作)|(?:的)?(?:违法违规|违法犯罪|违规违法|违法|违规|不法){0,3}(?:的)?(?:行为|情形|问题|现象|乱象)(?:线索)?|(?:的)?(?:违法犯罪)活动|等)$/u;

/**
 * An enumeration cut into its items, as ranges of the text. `closed`: the caller has taken off the noun that ends it.
 * `parted`: it is one of several that semicolons part, so 、 joins what is of one kind.
 */
export function splitItems(text: string, closed = false, parted = false): Span[] {
  const { start, end, behaviours } = trimList(text);
  const list = text.slice(start, end);
  if (list.length < 2) return [];
  const fields = fieldsAlone(text);
  if (fields > 0) return [{ start: 0, end: fields }];
  const pieces = /是否|有没有|有无/u.test(list)
    ? splitQuestions(list)
    : splitPhrases(list, behaviours || closed, parted);
  return pieces
    .map((piece) => trimItem(list, piece))
    .filter(
      (piece) =>
        piece.end - piece.start >= 2 &&
        piece.end - piece.start <= 90 &&
        !/^(?:涉嫌|有关|相关|各类|其他|上述|此类)$/u.test(list.slice(piece.start, piece.end)),
    )
    .map((piece) => ({ start: start + piece.start, end: start + piece.end }));
}

function trimList(text: string): { start: number; end: number; behaviours: boolean } {
  const lead =
    /^(?:[一二三四五六七八九十]{1,2}是(?!否))?(?:[\s:：，,、“]?(?:是否存在|有无|是否有|有没有|存在|以下|下列|的)?(?:以下|下列)?[\s:：]*)/u.exec(
      text,
    )?.[0] ?? '';
  // 是否存在A，是否B: the first question keeps its word as the others do.
  // 是否存在未经许可从事第三类、第二类医疗器械经营活动 without 等行为 asks one question.
  const bare = text.replace(/[\s。；;，,、：:]+$/u, '');
  // 是否存在欺老虐老行为 names one thing.
  const single =
    !/[，,]/u.test(text) && (!listTail.test(bare) || (/^是否存在/u.test(bare) && !/、|等|以下|下列/u.test(bare)));
  const start =
    /是否存在/u.test(lead) && (single || text.includes('是否', lead.length)) ? 0 : lead.replace(/“$/u, '').length;
  let end = text.replace(/[\s。；;，,、：:]+$/u, '').length;
  // A bracket behind the tail explains it: …行为（须经批准）.
  const bracket = /(?:行为|情形|问题)(?<note>[（(][^（()）]*[）)])$/u.exec(text.slice(0, end));
  if (bracket?.groups?.note) end -= bracket.groups.note.length;
  const body = text.slice(start, end);
  // 上坟烧纸、野炊取暖等野外用火行为: what the members have in common stands behind 等.
  const common = /(?:等|之类)(?<kind>[^等，、。；]{2,8})(?:行为|活动)$/u.exec(body);
  if (common?.groups?.kind && common.index >= 2 && !endsWithNoun(common.groups.kind, false)) {
    return { start, end: start + common.index, behaviours: true };
  }
  const tail = listTail.exec(body);
  if (!tail || tail.index < 2) return { start, end, behaviours: false };
  return { start, end: start + tail.index, behaviours: true };
}

/** 是否A，是否B、C是否D: every piece keeps its question; a piece without one belongs to its neighbour. */
function splitQuestions(list: string): Span[] {
  const asks = (span: Span) => /是否|有没有|有无/u.test(list.slice(span.start, span.end));
  const merged: { start: number; end: number }[] = [];
  for (const clause of splitTopLevel(list, /[，,；;]/gu)) {
    const inner = splitTopLevel(list.slice(clause.start, clause.end), /、|以及|及(?=是否)|和(?=是否)/gu).map(
      ({ start, end }) => ({ start: clause.start + start, end: clause.start + end }),
    );
    // Split at 、 only where every part asks.
    for (const piece of inner.every(asks) ? inner : [clause]) {
      const last = merged.at(-1);
      if (asks(piece) || !last) {
        if (last && !asks(last)) last.end = piece.end;
        else merged.push({ ...piece });
      } else last.end = piece.end;
    }
  }
  return merged;
}

const innerEnd = /等(?![\s，。；、]|$)[\u4e00-\u9fa5“”（）()]{1,24}$/u;

function splitPhrases(list: string, behaviours: boolean, parted: boolean): Span[] {
  const clauses = splitTopLevel(list, /[，,]?(?:以及)|[，,；;]/gu);
  const mixed = parted || topLevelPositions(list, /[，,；;](?!\s?(?:以及|和|及))/gu).length > 0;
  const whole = clauses.flatMap(({ start, end }): Span[] => {
    const clause = list.slice(start, end);
    // 回收过期药品、倒卖药品: two deeds with one thing, not two kinds of one.
    const deeds = clause.split('、').every((member) => takesObject.test(member));
    const length = oneMatter(clause, mixed && !deeds);
    return length > 0 ? [{ start, end: start + length }] : [];
  });
  const heads = new Set(clauses.map(({ start }) => start));
  const clauseAt = (at: number): Span => clauses.find(({ start }) => start === at) as Span;
  const pieces = clauses
    .flatMap((clause) =>
      splitTopLevel(list.slice(clause.start, clause.end), /、|及其他|(?<=情况|行为|问题|隐患|活动)(?:和|及|与)/gu).map(
        ({ start, end }) => ({ start: clause.start + start, end: clause.start + end }),
      ),
    )
    .flatMap((piece) => splitConjunction(list, piece));
  const text = ({ start, end }: Span) => list.slice(start, end);
  const merged: { start: number; end: number }[] = [];
  const conditions = pieces.filter((piece) => /情况$/u.test(text(piece))).length;
  const predicates = pieces.filter((piece) => beginsWithPredicate(text(piece)) || takesObject.test(text(piece))).length;
  // Nouns that follow a predicate without 等行为 at the end are its objects: 通过网络销售未经批准的药品、未经注册的进口药品.
  const objectsFollow = !behaviours && predicates > 0;
  pieces.forEach((piece, index) => {
    const last = merged.at(-1);
    const words = text(piece).replace(/^(?:或者|并且|或|及(?!时)|和|并)(?!网)/u, '');
    const before = last ? text(last) : '';
    // 非法回收、销售药品: an adverb with a bare verb shares the object that follows.
    const bare =
      /^(?:非法|违规|违法|擅自|私自|随意|露天)[\u4e00-\u9fa5]{2}(?:、[\u4e00-\u9fa5]{2})*$/u.test(before) &&
      !/^[未不无]/u.test(words) &&
      startsWithVerb(words);
    // 药品购进、储存和使用质量安全情况: what ends in 情况 begins before.
    const condition =
      conditions > 0 &&
      last !== undefined &&
      !/情况$/u.test(before) &&
      (conditions >= 2 || (index === pieces.length - 1 && /情况$/u.test(words))) &&
      !behaviours &&
      !beginsWithPredicate(words);
    const object =
      objectsFollow &&
      last !== undefined &&
      index > 0 &&
      ((!beginsWithPredicate(words) && !takesObject.test(words)) || areThings(words) || sameThings(before, words)) &&
      endsWithNoun(words) &&
      !ownFaultOfThing.test(words) &&
      !/情况$/u.test(before) &&
      !(/[未无不]/u.test(words) && hasVerb(words)) &&
      !isClause(words) &&
      !(heads.has(piece.start) && (clauses.length > 2 || hasVerb(text(clauseAt(piece.start))) || fault.test(words)));
    // 在门厅、楼梯间停放电动自行车: a place without its verb.
    const placed = /(?:^|[^、，]{2,8})(?<![设置存现潜内处])在(?![职岗线册用校]|建(?!筑))(?<where>[^，]{1,30})$/u.exec(
      before,
    )?.groups?.where;
    const place =
      last !== undefined &&
      placed !== undefined &&
      !heads.has(piece.start) &&
      !anyTransitive.test(placed) &&
      !standsWithVerb(`在${placed}`);
    const tied = last !== undefined && !heads.has(piece.start) && belongsTo(before, words, mixed);
    const alike = last !== undefined && whole.some(({ start, end }) => start <= last.start && piece.end <= end);
    if (last && (bare || condition || object || place || tied || alike)) last.end = piece.end;
    else merged.push({ ...piece });
  });
  return closeInner(list, merged);
}

/** 在普通货物中夹带, 在校门口发放: up to where a place ends. */
const locality = /^在.{1,20}?(?:中|内|外|上|下|里|旁|前|后|间|门口|周边|附近|期间|场所|区域|地带|空间|环节)/u;

/** What goes on for so long behind a place is no part of it: the segmenter does not know every verb (夹带). */
const longPredicate = 5;

/** Whether a phrase that begins with a place goes on with what is done there. */
function standsWithVerb(phrase: string): boolean {
  const rest = phrase.replace(locality, '');
  if (rest.length === phrase.length || rest.length < 3) return false;
  return rest.length >= longPredicate || faultyWay.test(rest) || startsWithVerb(rest) || hasVerb(rest);
}

/** What is said of how a thing is done stands before the verb: 违规停放. */
const faultyWay = /^(?:违规|违法|非法|擅自|私自|随意)/u;

const transitiveVerbs = transitive.join('|');
/** 收购, 非法购进, A（单位）篡改: a verb that waits for its object. */
const openVerb = new RegExp(
  `^(?:.{0,12}(?:非法|违规|违法|违反规定|擅自|私自|私下|随意|恶意|故意|露天|无证|无照|无资质|虚假|超范围|不按规定|未按规定))?(?:${transitiveVerbs})$`,
  'u',
);
/** 违规停放、拒绝接受检查: what is done to those who inspect, or by a means, shares no object with what is done to things. */
const ownDeed = /^(?:利用|拒绝|逃避|规避|躲避|阻碍|阻挠|干扰)/u;
const lacking =
  /^(?:未(?:依法|按规定|经)?(?:取得|办理|具备|获得)?|不具备|不持有|没有|未经)[^，]{2,60}(?:证|证书|许可|资质|备案|批准|登记|执照|资格|手续|》)$/u;

/** 超范围经营、使用不符合要求的材料: a deed that says all, and another with a fault of its own. */
const wholeDeed = /(?:无证|无照|超范围|超许可|超资质)[\u4e00-\u9fa5]{2}$/u;
/** 违规养殖、倾倒垃圾: what is done at a place shares no object with what is left there. */
const doneToLand = /(?:养殖|施工|捕捞|排污)$/u;
const leavesThings = /^(?:倾倒|丢弃|排放|堆放|焚烧)[\u4e00-\u9fa5]{2}/u;
/** 屋顶违规加建彩钢板房: a thing with its own fault is no object of the deed before. */
const ownFaultOfThing = /^[^的未无不违非擅私]{2,6}(?:违规|违法|擅自|私自|非法)[\u4e00-\u9fa5]{4}/u;
const ownFault = /^[\u4e00-\u9fa5]{2}(?:不|未|无|过期|非法|虚假|假冒|劣质|来源不明)/u;

/** Whether a phrase begins with a verb of which faults are made (倒卖药品, 出借证照). */
export const takesObject = new RegExp(`^(?:${transitiveVerbs})`, 'u');
const anyTransitive = new RegExp(`${transitiveVerbs}|充电|吸烟|用火|动火|住人|留宿|作业`, 'u');

const bad = '(?:过期|失效|变质|淘汰|霉变|腐败|假冒|伪劣|劣质|报废|拼装|翻新|超标|不合格|来源不明|来路不明|无证)';
const faultyThing =
  /^(?:过期|失效|变质|淘汰|假冒|伪劣|劣质|报废|翻新|不合格|来源不明|超期(?:未检)?|未检|未经?[\u4e00-\u9fa5]{2}的?)[\u4e00-\u9fa5]{2,6}$/u;
const quality = new RegExp(`^${bad}(?:$|的|[\\u4e00-\\u9fa5]{2,8}$)`, 'u');
const qualities = new RegExp(`^[^、]{2,10}(?:${bad}|无[^、]{2,8})(?:、${bad})*$`, 'u');

/** Whether the words behind a 、 are of one piece with those before it: a shared object, one more modifier, one more adverbial. */
function belongsTo(before: string, words: string, mixed: boolean): boolean {
  const tail = before.slice(before.lastIndexOf('、') + 1);
  // 票、账、货、款不一致; 收购、贩运、屠宰、加工病死畜禽.
  const sharesObject = openVerb.test(tail) && takesObject.test(words) && (!ownDeed.test(words) || ownDeed.test(tail));
  // 使用假、劣兽药.
  if (/假$/u.test(tail) && /^劣/u.test(words)) return true;
  if (
    tail.length === 1 ||
    (sharesObject &&
      !(wholeDeed.test(tail) && ownFault.test(words)) &&
      !(doneToLand.test(tail) && leavesThings.test(words)))
  )
    return true;
  // 销售无厂名、无厂址、无保质期食品; 来路不明、无中文标签的化妆品.
  if (/^无(?![证照票故]|资质|许可)/u.test(words) && /^[^无].*(?:无[^无]{1,8}|不[明清详符])$/u.test(before)) return true;
  // 销售不合格、来源不明的蓄电池: the noun that both qualify stands at the end.
  if (
    takesObject.test(tail) &&
    /(?:不合格|不达标|不符合[^、]{0,8}|不明|过期|失效|变质|假冒|伪劣|超标|劣质)$/u.test(tail) &&
    /^[^的、]{2,10}的[^的、]{1,12}$/u.test(words)
  )
    return true;
  // 使用过期、失效、淘汰药品: one quality after the other.
  if (takesObject.test(before) && qualities.test(before) && quality.test(words)) return true;
  // 将保健品、生活用品串换为药品: things on which the verb is still to come.
  const things = /^(?:将|把)(?<things>[^，]{2,30})$/u.exec(before)?.groups?.things;
  if (things?.split('、').every((thing) => thing.length <= 8 && endsWithNoun(thing) && !anyTransitive.test(thing)))
    return true;
  // 使用变质、被污染的制剂.
  if (/^被(?:[^，、]{1,6}的|[\u4e00-\u9fa5]{2}[^，、的]{2,6}$)/u.test(words) && !/的/u.test(tail)) return true;
  // 驾驶员、押运员无证上岗: two of one kind with one predicate.
  if (before.length <= 6 && isNoun(before) && sameKind(before, words)) return true;
  // 超范围、超限量使用添加剂: two ways of one act.
  if (/^超[\u4e00-\u9fa5]{2}$/u.test(tail) && /^超[\u4e00-\u9fa5]{4,}/u.test(words)) return true;
  // 记录不真实、不完整.
  if (/^不[\u4e00-\u9fa5]{1,3}$/u.test(words) && /[^、].{2}不[\u4e00-\u9fa5]{1,3}$/u.test(before)) return true;
  // 利用改装车、非法油罐车从事…: a means or a place without its verb.
  const means = /^(?:利用|采用|借助|假借|通过|以|向|从(?!业)|将|把|在)(?<what>[^、]{1,16})$/u.exec(tail)?.groups?.what;
  if (
    means &&
    tail.length >= (/^(?:利用|采用|借助|通过)/u.test(tail) ? 4 : 5) &&
    !standsWithVerb(tail) &&
    // 以台账评价实绩、要求基层打卡: a long one has its verb, and so has what follows.
    !(means.length >= 6 && beginsWithPredicate(words)) &&
    (!hasVerb(means) || (means.length <= 5 && endsWithNoun(means))) &&
    !anyTransitive.test(means)
  )
    return true;
  // 通过短信、电梯广告、公众号发布: one more means.
  const several = /^(?:利用|采用|借助|通过)(?<means>[^，]{2,30})$/u.exec(before)?.groups?.means?.split('、') ?? [];
  if (several.length > 1 && several.every((one) => one.length <= 8 && !hasVerb(one) && !anyTransitive.test(one)))
    return true;
  // 将业务分包、转包; 编造工资表、考勤表应付检查; 未开展风险评估、安全评价.
  if (words.length <= 2 && /^(?:将|把).{2}/u.test(before) && startsWithVerb(words)) return true;
  const toWhatEnd = /^(?<thing>.{2,8}?)(?:应付|逃避|规避|骗取|套取|蒙骗)/u.exec(words)?.groups?.thing ?? '';
  const further = toWhatEnd !== '' && endsWithNoun(toWhatEnd) && !beginsWithPredicate(words);
  if (further && takesObject.test(before) && !takesObject.test(words)) return true;
  const lightVerb = /(?:开展|进行|实施|落实|执行|履行)[^、]{2,10}(?:、[^、]{2,8})*$/u.test(before);
  if (lightVerb && /^未/u.test(before) && words.length <= 6 && !fault.test(words) && !isClause(words)) return true;
  // 车辆在居民区、学校、加油站周边停放: one more place.
  const places = /(?<![存现潜内设置])在(?![用册职岗线]|建(?!筑))(?<places>[^，在]{1,23}[^，在内外中上下里间])$/u.exec(
    before,
  )?.groups?.places;
  if (places?.split('、').every((one) => one.length <= 6) && !hasVerb(places) && !anyTransitive.test(places))
    return true;
  // 未取得《许可证》、未经备案开展…: what is lacking, and what is done without it.
  if (lacking.test(tail) && /开展|从事|经营|销售|生产|建设|设立|执业|施工|上岗|作业/u.test(words)) return true;
  // 未取得许可证、营业执照从事…: one more thing that is lacking.
  const noun =
    areThings(words) ||
    (!/^代/u.test(words) && !beginsWithPredicate(words) && !(/[未无不骗]/u.test(words) && hasVerb(words)));
  if (noun && lacking.test(before) && /^.{2,20}(?:证书?|执照|许可|资质|备案|资格|批准|》)/u.test(words)) return true;
  // 从事收集、贮存、处置活动: several verbs before one noun.
  if (
    /从事[^，、]{2,4}(?:、[^，、]{2,4})*$/u.test(before) &&
    words.length <= 6 &&
    (startsWithVerb(words) || takesObject.test(words) || /(?:经营|业务|服务|活动)$/u.test(words))
  )
    return true;
  // 在楼梯间停放、充电.
  if (/^在/u.test(before) && words.length <= 2 && startsWithVerb(words)) return true;
  if (!mixed) return false;
  // 充装报废气瓶、超期未检气瓶: one more quality of the same thing, without a verb.
  if (
    takesObject.test(before) &&
    words.slice(-2) === tail.slice(-2) &&
    faultyThing.test(words) &&
    !takesObject.test(words)
  )
    return true;
  // 制售冷荤类食品、生食类食品: another kind of the same thing.
  const anotherKind =
    words.length <= 8 && words.slice(-2) === tail.slice(-2) && !/^[在从向将对用以]|[未无不非违]/u.test(words);
  if (anotherKind && takesObject.test(before) && !takesObject.test(words) && endsWithNoun(words) && !isClause(words))
    return true;
  // 喷淋系统、防排烟系统瘫痪，…: several things of which one thing is said.
  if (!hasVerb(before) && endsWithNoun(before) && !endsWithNoun(words) && !beginsWithPredicate(words)) return true;
  // 外窗设置广告牌、铁栅栏: one more thing in a clause. 船舶超载、超航区航行: one more deed of whom the clause names.
  const clause = words.length <= 8 && (isClause(before) || holdsThing.test(before));
  if (clause && endsWithNoun(words) && !hasVerb(words) && !fault.test(words) && !beginsWithPredicate(words))
    return true;
  if (clause && before.length <= 10 && words.length <= 6 && /^(?:超|未|酒后|疲劳|无证|违规)/u.test(words)) return true;
  // 应急照明、疏散标志损坏: a name of a thing before another of which the fault is told.
  if (
    before.length <= 8 &&
    !fault.test(before) &&
    isNamed(before) &&
    fault.test(words) &&
    !/^[未无不非超违擅私]/u.test(words) &&
    !takesObject.test(words)
  )
    return true;
  // 更改生产日期、保质期，…: in a list that commas part, nouns behind 、 are further objects; so is a bare verb: 停放、充电.
  return (
    (noun && (beginsWithPredicate(before) || takesObject.test(before))) ||
    (words.length <= 2 && before.length >= 4 && startsWithVerb(words))
  );
}

/** Whether a clause begins with a noun of the kind of another: 驾驶员 and 押运员无证上岗. */
function sameKind(noun: string, clause: string): boolean {
  const kind = noun.at(-1) ?? '';
  const at = clause.indexOf(kind);
  const predicate = isClause(clause) || faultyWay.test(clause.slice(at + 1));
  return '员人者车户商店厂站'.includes(kind) && at > 0 && at < 6 && isNoun(clause.slice(0, at + 1)) && predicate;
}

/** 销售变质或者超过使用期限的化妆品: both qualify the noun at the end. */
const sharedNoun = /的[^的]{2,10}$/u;

/** 编造生产和检验记录: records of both. */
const ofOneRecord = /^[\u4e00-\u9fa5]{2}(?:记录|台账|数据|报告|档案|票据|凭证|资料|单据|信息)$/u;

/** 诊疗项目, 检疫设施: things named after what is done with them. */
const namedByDeed = new RegExp(
  `^(?!${transitiveVerbs})[\\u4e00-\\u9fa5]{2}(?:项目|设施|设备|费用|材料|耗材|文书|物资|用品|器械|标识|服务)$`,
  'u',
);

/** 应急照明: a thing, not a deed named in short (疲劳驾驶). */
const isNamed = (words: string): boolean =>
  (endsWithNoun(words, false) && !takesObject.test(words)) ||
  (!hasVerb(words) &&
    !anyTransitive.test(words.slice(-2)) &&
    !/(?:驾驶|航行|取暖|捕捞|养殖|经营|施工|用气|用电)$/u.test(words) &&
    !beginsWithPredicate(words.slice(0, 2)));

/** 外窗设置铁栅栏: the segmenter does not know every thing on which others are put. */
const holdsThing = /^(?!违规|违法|擅自|私自|非法|随意|未|不)[^的、]{2,6}(?:设置|安装|搭建|存放|堆放)/u;

/** 诊疗项目和服务设施: names of things though they begin with what is done. */
const areThings = (words: string): boolean =>
  words.split(/[和及与]/u).every((word) => ofOneRecord.test(word) || namedByDeed.test(word));

/** 销售药品和非法渠道购进药品: two predicates with their objects, joined by 和 or 及. */
function splitConjunction(list: string, piece: Span): Span[] {
  const text = list.slice(piece.start, piece.end);
  for (const { start, end } of splitPoints(text)) {
    const left = text.slice(0, start);
    const right = text.slice(end);
    if (
      left.length >= 4 &&
      right.length >= 4 &&
      !bareVerb.test(left) &&
      (beginsWithPredicate(left) || predicateRun.test(left) || takesObject.test(left)) &&
      (predicateRun.test(right) || takesObject.test(right)) &&
      (text.slice(start, end) !== '或者' || right.length >= 8) &&
      !(sharedNoun.test(right) && !left.includes('的')) &&
      !ofOneRecord.test(right)
    ) {
      return [
        { start: piece.start, end: piece.start + start },
        ...splitConjunction(list, { start: piece.start + end, end: piece.end }),
      ];
    }
  }
  return [piece];
}

const bareVerb = /^(?:非法|违规|违法|擅自|不|未)[\u4e00-\u9fa5]{2}$/u;
const predicateRun =
  /^(?:非法|违规|违法|擅自|未|不|无证|无资质|从|通过|利用|超|逃避|规避|拒|隐瞒|冒充|虚假|伪造|篡改|使用|销售|购进|经营|生产)/u;

function splitPoints(text: string): Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(/和(?!谐|平)|(?<![以普涉波危触])及(?!时|其|格|早|以)|或者/gu))
    found.push({ start: match.index, end: match.index + match[0].length });
  return found.filter(
    ({ start }) =>
      (text.slice(0, start).match(/[（(《“]/gu)?.length ?? 0) ===
      (text.slice(0, start).match(/[）)》”]/gu)?.length ?? 0),
  );
}

/** 库区存在违章爆破: what stands before its verb does not keep it from governing what follows. */
const governs = (words: string): boolean => beginsWithPredicate(words) || /^[^未无不]{2,6}存在/u.test(words);

/** A、B等C inside an item: A begins at the predicate that governs them all. */
function closeInner(list: string, pieces: readonly Span[]): Span[] {
  const found: { start: number; end: number }[] = [];
  for (const piece of pieces) {
    const words = list.slice(piece.start, piece.end);
    if (innerEnd.test(words) && !beginsWithPredicate(words) && !/等[^，。；、]*(?:违规|违法|擅自|非法)/u.test(words)) {
      let from = found.length - 1;
      while (from > 0 && !governs(list.slice((found[from] as Span).start, (found[from] as Span).end))) from--;
      const governing = found[from];
      if (governing && governs(list.slice(governing.start, governing.end))) {
        found.length = from + 1;
        governing.end = piece.end;
        continue;
      }
    }
    found.push({ ...piece });
  }
  return found;
}

function trimItem(list: string, { start, end }: Span): Span {
  const words = list.slice(start, end);
  const lead =
    /^(?:[，,、；;]|(?:主要)?包括(?:但不限于)?|特别是|尤其是|(?:一|二|三|四|五|六|七|八|九|十)是|以及|和|及|与(?![^，。；]{0,14}(?:同一|相邻|相通|混|贯通|连通|共用|合用))|或|对(?!.*(?:是否|未))|的|[①-⑳]|[（(]\d{1,2}[）)]|\d{1,2}[.．、])\s*/u.exec(
      words,
    )?.[0].length ?? 0;
  const tail = /(?:等)?(?:的)?(?:违法违规|违法|违规)?(?:行为|情形)?[。；;，,、：:\s]*$/u.exec(words)?.[0].length ?? 0;
  return { start: start + lead, end: Math.max(start + lead, end - tail) };
}
