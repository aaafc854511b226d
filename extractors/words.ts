import nodejieba from 'nodejieba';

/** Word classes by nodejieba (v verb, n noun, d adverb, p preposition …), the one place that names the segmenter. */
export function taggedWords(text: string): { readonly word: string; readonly tag: string }[] {
  return nodejieba.tag(text);
}

/** Characters that can only begin a predicate: negation, means, manner. */
const predicateStart =
  /^(?:未|不|无(?!人机|线)|非法|擅自|超(?!市)|违|虚|伪|假冒|冒用|从|通过|利用|以|将|把|向|对|在|私|滥|拒|逃|漏|瞒|乱|挪|骗|套|强|诱|误|随意|恶意|故意|借|盗|倒卖|串通|勾结|指使|冒充|规避|阻挠|隐瞒|掩盖|掺杂|掺假|出租|出借|是否|有没有|有无|存在|没有|缺)/u;

/** Whether a phrase begins with its predicate (销售过期药品), not with a noun (精神药品). */
export function beginsWithPredicate(phrase: string): boolean {
  if (predicateStart.test(phrase)) return true;
  const first = taggedWords(phrase.slice(0, 12))[0];
  return first !== undefined && /^(?:v|d|p|vd)$/.test(first.tag);
}

/** Whether a phrase begins with a verb, verbal nouns (销售, 经营) included. */
export function startsWithVerb(phrase: string): boolean {
  const first = taggedWords(phrase.slice(0, 12))[0];
  return first !== undefined && /^v/.test(first.tag);
}

/** Whether there is a verb anywhere in a phrase. */
export function hasVerb(phrase: string): boolean {
  return taggedWords(phrase).some(({ tag }) => tag === 'v' || tag === 'vi');
}

/** Whether a phrase ends in a name of things: 未经注册的进口药品, not 电动自行车违规充电. A word unknown to the segmenter may be one. */
export function endsWithNoun(phrase: string, unknown = true): boolean {
  const last = taggedWords(phrase).at(-1)?.tag ?? '';
  return /^(?:n|s|r|l|eng|q|m)/.test(last) || (unknown && last === 'x');
}

/** 门窗设置影响逃生的铁栅栏: the segmenter takes these for nouns. */
const placing = /^[^的]{2,8}(?:设置|安装|搭建|存放|堆放|停放)[^的]{2}/u;

/** Whether a phrase is a clause of its own, its subject before its verb: 电动自行车入户充电, 工房超定员. */
export function isClause(phrase: string): boolean {
  const words = taggedWords(phrase);
  const first = words[0];
  if (first === undefined || !/^(?:n|b|a)/u.test(first.tag)) return false;
  const verb = words.findIndex(({ tag }, at) => at > 0 && /^(?:v|vi|i|l)$/u.test(tag));
  return (verb > 0 && words[verb + 1]?.word !== '的') || placing.test(phrase);
}

/** Whether a word or two are a name of things, not an adverb, a verb or a time. */
export function isNoun(phrase: string): boolean {
  return taggedWords(phrase).every(({ tag }) => /^n/.test(tag));
}
