import type { Span } from '../models/index.ts';
import scope from './lexicon/scope.json' with { type: 'json' };
import { splitTopLevel } from './splitList.ts';
import { beginsWithPredicate, hasVerb, isClause, isNoun, startsWithVerb } from './words.ts';

/**
 * What ends an enumeration of behaviours: 等违法违规行为, 等情形, 的问题. The nouns behind which the list is closed; 情况 closes it only
 * behind 等, for an item's own last word is often 情况.
 */
const listTail =
  /(?:(?:等|之类)(?:[^等，、]{0,6}(?:违法违规|违法犯罪|违规违法|违纪违法|违法|违规|违章|不法|犯罪|侵权|失信|不规范|高风险|突出|严重|典型|重点|主要|常见|易发|多发|相关|有关|其他|各类|各种|危害|的)|问题|新|风险|安全|质量|交通){0,4}(?:行为|活动|情形|问题|情况|现象|隐患|乱象|事项|内容|方面|环节|案件|线索|风险|工作)|(?:的)?(?:违法违规|违法犯罪|违规违法|违法|违规|不法){0,3}(?:的)?(?:行为|情形|问题|现象|乱象)(?:线索)?|(?:的)?(?:违法犯罪)活动|等)$/u;

/** An enumeration cut into its items, as ranges of the text. `closed`: the caller has taken off the noun that ends it. */
export function splitItems(text: string, closed = false): Span[] {
  const { start, end, behaviours } = trimList(text);
  const list = text.slice(start, end);
  if (list.length < 2) return [];
  const pieces = /是否|有没有|有无/u.test(list) ? splitQuestions(list) : splitPhrases(list, behaviours || closed);
  return pieces
    .map((piece) => trimItem(list, piece))
    .filter((piece) => piece.end - piece.start >= 2 && piece.end - piece.start <= 90)
    .map((piece) => ({ start: start + piece.start, end: start + piece.end }));
}

function trimList(text: string): { start: number; end: number; behaviours: boolean } {
  const lead =
    /^(?:[\s:：，,、“]?(?:是否存在|有无|是否有|有没有|存在|以下|下列|的)?(?:以下|下列)?[\s:：]*)/u.exec(text)?.[0] ??
    '';
  const start = lead.replace(/“$/u, '').length;
  let end = text.replace(/[\s。；;，,、：:]+$/u, '').length;
  // A bracket behind the tail explains it: …行为（须经批准）.
  const bracket = /(?:行为|情形|问题)(?<note>[（(][^（()）]*[）)])$/u.exec(text.slice(0, end));
  if (bracket?.groups?.note) end -= bracket.groups.note.length;
  const body = text.slice(start, end);
  const tail = behaviourTail(body) ?? listTail.exec(body);
  if (!tail || tail.index < 2) return { start, end, behaviours: false };
  return { start, end: start + tail.index, behaviours: true };
}

/** 等骗取医保基金行为, 等违反协议管理行为: the noun that ends the list with a predicate of its own; 等便利行为 is an object. */
function behaviourTail(body: string): RegExpExecArray | null {
  const tail = /等(?<what>[^，。；、的等]{2,12})(?:行为|活动)$/u.exec(body);
  return tail?.groups?.what && (startsWithVerb(tail.groups.what) || /^[违骗欺侵危扰]/u.test(tail.groups.what))
    ? tail
    : null;
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

const transitive = new Set(scope.verbs);
const innerEnd = /等(?![\s，。；、]|$)[\u4e00-\u9fa5“”（）()]{1,24}$/u;

function splitPhrases(list: string, behaviours: boolean): Span[] {
  const pieces = splitTopLevel(
    list,
    /[，,]?(?:以及)|[、，,；;]|及其他|(?<=情况|行为|问题|隐患|活动)(?:和|及|与)/gu,
  ).flatMap((piece) => splitConjunction(list, piece));
  const text = ({ start, end }: Span) => list.slice(start, end);
  const merged: { start: number; end: number }[] = [];
  const conditions = pieces.filter((piece) => /情况$/u.test(text(piece))).length;
  const predicates = pieces.filter((piece) => beginsWithPredicate(text(piece))).length;
  // Nouns that follow a predicate without 等行为 at the end are its objects: 通过网络销售未经批准的药品、未经注册的进口药品.
  const objectsFollow = !behaviours && predicates > 0;
  pieces.forEach((piece, index) => {
    const last = merged.at(-1);
    const words = text(piece);
    const before = last ? text(last) : '';
    // 非法回收、销售药品: an adverb with a bare verb shares the object that follows.
    const bare =
      /^对?(?:非法|违规|违法|擅自)[\u4e00-\u9fa5]{2}(?:、[\u4e00-\u9fa5]{2})*$/u.test(before) &&
      !/^[未不无]/u.test(words) &&
      startsWithVerb(words);
    // 占用、堵塞疏散通道: a verb by itself shares the object that follows.
    const verb =
      last !== undefined &&
      ((transitive.has(words) && scope.verbs.some((one) => one.length > 1 && before.endsWith(one))) ||
        (before.split('、').every((part) => transitive.has(part)) &&
          words.length > 3 &&
          !/^[违非擅未不无]/u.test(words) &&
          startsWithVerb(words)));
    // 超范围、超限量使用添加剂: two ways of one act.
    const manner = /^超[\u4e00-\u9fa5]{2}$/u.test(before) && /^超[\u4e00-\u9fa5]{4,}/u.test(words);
    // 药品购进、储存和使用质量安全情况: what ends in 情况 begins before.
    const condition =
      conditions > 0 &&
      last !== undefined &&
      !/情况$/u.test(before) &&
      (conditions >= 2 || index === pieces.length - 1) &&
      !behaviours &&
      !beginsWithPredicate(words);
    const object =
      objectsFollow &&
      last !== undefined &&
      index > 0 &&
      !beginsWithPredicate(words) &&
      !/情况$/u.test(before) &&
      !(/[未无不]/u.test(words) && hasVerb(words)) &&
      !isClause(words);
    // 在门厅、楼梯间停放电动自行车, 通过暗管、渗井偷排污水: a place or a means without its verb.
    const lead = /^(?:在(?!线|建[^筑]|校|岗|用|产)|通过|利用|借助|将|把)/u.exec(before)?.[0].length ?? 0;
    const place =
      last !== undefined &&
      lead > 0 &&
      !/^(?:[未不]|通过|利用|从|违|非法|擅自)/u.test(words) &&
      before
        .slice(lead)
        .split(/[、，]/u)
        .every((part) => part.length <= 4 || !hasVerb(part));
    // 驾驶员、押运员无证上岗: two of one kind with one predicate.
    const pair =
      last !== undefined && before.length <= 6 && isNoun(before) && isClause(words) && sameKind(before, words);
    if (last && (bare || verb || manner || condition || object || place || pair)) last.end = piece.end;
    else merged.push({ ...piece });
  });
  return closeInner(list, merged);
}

/** Whether a clause begins with a noun of the kind of another: 驾驶员 and 押运员无证上岗. */
function sameKind(noun: string, clause: string): boolean {
  const kind = noun.at(-1) ?? '';
  const at = clause.indexOf(kind);
  return '员人者车户商店厂站'.includes(kind) && at > 0 && at < 6 && isNoun(clause.slice(0, at + 1));
}

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
      (beginsWithPredicate(left) || predicateRun.test(left)) &&
      predicateRun.test(right) &&
      !(sharedNoun.test(right) && !left.includes('的'))
    ) {
      return [
        { start: piece.start, end: piece.start + start },
        ...splitConjunction(list, { start: piece.start + end, end: piece.end }),
      ];
    }
  }
  return [piece];
}

/** 销售变质或者超过使用期限的化妆品: both qualify the noun at the end. */
const sharedNoun = /的[^的]{2,10}$/u;
const bareVerb = /^(?:非法|违规|违法|擅自|不|未)[\u4e00-\u9fa5]{2}$/u;
const predicateRun =
  /^(?:非法|违规|违法|擅自|未|不|无证|无资质|从|通过|利用|超|虚假|伪造|篡改|使用|销售|购进|经营|生产)/u;

function splitPoints(text: string): Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(/和(?!谐|平)|(?<![以普涉波危触])及(?!时|其|格|早|以)/gu))
    found.push({ start: match.index, end: match.index + match[0].length });
  return found.filter(
    ({ start }) =>
      (text.slice(0, start).match(/[（(《“]/gu)?.length ?? 0) ===
      (text.slice(0, start).match(/[）)》”]/gu)?.length ?? 0),
  );
}

/** A、B等C inside an item: A begins at the predicate that governs them all. */
function closeInner(list: string, pieces: readonly Span[]): Span[] {
  const found: { start: number; end: number }[] = [];
  for (const piece of pieces) {
    const words = list.slice(piece.start, piece.end);
    if (innerEnd.test(words) && !beginsWithPredicate(words) && !/等[^，。；、]*(?:违规|违法|擅自|非法)/u.test(words)) {
      let from = found.length - 1;
      while (from > 0 && !beginsWithPredicate(list.slice((found[from] as Span).start, (found[from] as Span).end)))
        from--;
      const governing = found[from];
      if (governing && beginsWithPredicate(list.slice(governing.start, governing.end))) {
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
    /^(?:[，,、；;]|(?:一|二|三|四|五|六|七|八|九|十)是|以及|和|及|与|或|对|的|[①-⑳]|[（(]\d{1,2}[）)]|\d{1,2}[.．、])\s*/u.exec(
      words,
    )?.[0].length ?? 0;
  const tail = /(?:等)?(?:的)?(?:违法违规|违法|违规)?(?:行为|情形)?[。；;，,、：:\s]*$/u.exec(words)?.[0].length ?? 0;
  return { start: start + lead, end: Math.max(start + lead, end - tail) };
}
