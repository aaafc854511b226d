import { everybody, subjectEnding } from './focusWords.ts';
import { startsWithVerb } from './words.ts';

/** Which words lay a duty on somebody, and on whom: 企业应当…, 不得…, 鼓励企业…. */

/** Words of duty that bind whomever they are said of: 应当, 必须, 不得, and what softens them: 可以, 原则上. */
const binding =
  /应当|应该|必须|务必|不得(?![不已])|不准|不许|不允许|严禁|严格禁止|(?<!国家|明令|法律)禁止(?!性|类|的|令|区|线|清单|目录)|一律|(?<!不)可以|可(?=视情|根据|结合|适当|优先|酌情)|原则上/u;
/** 鼓励企业…, 建议企业…: whom they are said of stands behind them. */
const inviting = /^(?<verb>(?:鼓励|支持|引导|倡导|提倡|建议){1,2})(?!和|、|力度|政策|群众|公众|社会|各|广大|消费者)/u;
/** Whom such words invite, at the head of what stands behind them. */
const invited = new RegExp(`^[^，。；、]{0,14}?(?:${subjectEnding}|经营者|生产者|[店厂户商])(?=.{3})`, 'u');
/** Of those supervised these, too, are words of duty: 企业要建立…, 单位须配备…. */
const plain = /^(?:要(?!求|点|素|件)|应(?!急|用|对|付|答|变|届)|须|需(?!求))/u;

const party = new RegExp(
  `^(?:各类?|所有|全部|每个|凡|辖区内?的?|全[省市县区])?(?<who>(?!各|对|针对|鼓励|支持|引导|督促|指导|要求)[^，。；：:“”]{0,30}(?:${subjectEnding}|开办者|销售者|经营者|生产者|使用者|服务者|驾驶员|押运员|从业人员|作业人员|负责人|产权人|所有权人|使用人|经营人|承租人|出租人|业主|户主|房主|管理人|责任人|承运人|托运人|[店厂站场户商摊]))(?:（[^（）]*）)?(?:也|均|都|还)?$`,
  'u',
);
/** Who inspects and reports; 各单位 are those to whom a notice is sent. */
export const authority =
  /各(?:地|市|县|区|省|州|盟|旗|乡|镇|街道|级|有关|相关|成员|责任|单位|部门|科|股|处|局|所(?!有)|支队|大队|中队|总队)|(?:部门|政府|机关|[局厅委办]|委员会|办公室|专班|小组|(?:执法|检查|监管|工作|监督|督导)人员|检查组|督导组|专家组|联络员|(?:支|大|中|总|执法)队|(?:执法|监督|监管|消防救援)机构|(?<![场厕诊究务])所|指挥部|协会|(?:镇|街道|乡))$/u;

/** Whom words before or behind a word of duty name: 每个学校食堂 → 学校食堂. */
export const partyIn = (words: string): string | undefined =>
  authority.test(words) ? undefined : party.exec(words.trim())?.groups?.who;

/** What is shorter says nothing without whom it is said of. */
export const shortestDuty = 5;

export interface Duty {
  readonly kind: 'binding' | 'inviting' | 'plain';
  readonly verb: string;
  /** Where the word of duty stands in its clause, and where the duty begins: at it, or before it with what it is said of. */
  readonly at: number;
  readonly from: number;
  readonly head: string;
  readonly named: string | undefined;
}

/** The word of duty in a clause and whom the clause names before or behind it; undefined where there is none. */
export function readClause(words: string): Duty | undefined {
  const verb = inviting.exec(words)?.groups?.verb;
  if (verb !== undefined) {
    const behind = words.slice(verb.length);
    const actor = invited.exec(behind)?.[0];
    const named = actor && startsWithVerb(behind.slice(actor.length)) ? partyIn(actor) : undefined;
    return { kind: 'inviting', verb, at: 0, from: 0, head: '', named };
  }
  const bound = binding.exec(words);
  if (bound) {
    const head = words.slice(0, bound.index);
    if (/(?:和|及|或|、)$/u.test(head)) return undefined;
    const named =
      partyIn(head) ?? (authority.test(head) ? undefined : /^各(?<each>[^，、村]{2,6})$/u.exec(head)?.groups?.each);
    // 五千平方米以上的工地应当…, 未冲洗的车辆不得上路: a part of what is asked, not a name alone.
    const asked = named === undefined || /的|\d/u.test(named) || words.length - bound.index < shortestDuty;
    const binds = everybody.exec(head)?.[0] === head && head !== '';
    return {
      kind: 'binding',
      verb: bound[0],
      at: bound.index,
      from: asked && !binds ? 0 : bound.index,
      head,
      named: named?.slice(named.lastIndexOf('的') + 1),
    };
  }
  for (const match of words.matchAll(/[要应须需]/gu)) {
    const head = words.slice(0, match.index);
    const rest = words.slice(match.index);
    if (head === '' || !plain.test(rest)) continue;
    const named = partyIn(head);
    if (named !== undefined || authority.test(head)) {
      return { kind: 'plain', verb: match[0], at: match.index, from: match.index, head, named };
    }
  }
  return undefined;
}
