import { fault } from './focusWords.ts';

/** Members of an enumeration that are one matter: kinds of one thing, fields or doers of one deed. */

/** 骨科、血液透析、心内科领域过度诊疗: fields in which one thing is done. */
const ofFields = /^[^、未无不]{2,6}(?:、[^、未无不]{2,6})*、[^、未无不]{2,8}(?:领域|环节|行业|科室)(?=[^、]{3})/u;

/** 血液透析、骨科、康复理疗等领域存在的问题: fields of which no deed is named. */
const fieldsOfFaults =
  /^(?<fields>[^，,；;、未无不]{2,8}(?:、[^，,；;、未无不]{2,8})+等(?:重点)?(?:领域|环节|行业|科室))(?:存在)?的?(?:突出|主要|有关|相关)?(?:问题|隐患)[。；;，,\s]*$/u;

/** How far a text names fields alone, whatever is wrong in them; 0: it names more, or other things. */
export function fieldsAlone(text: string): number {
  const fields = fieldsOfFaults.exec(text)?.groups?.fields ?? '';
  return fault.test(fields) ? 0 : fields.length;
}

/** 电焊、气割等特种作业人员无证上岗: doers of whom one thing is said. */
const ofDoers =
  /^[^、未无不]{2,6}(?:、[^、未无不]{2,6})*、[^、未无不]{2,6}等[^、未无不]{2,10}(?:人员|单位|企业|场所|车辆|船舶|机构)(?=[^、]{3})/u;

/** Kinds of one thing are no more than this many, and shortly named. */
const mostKinds = 4;
const longestKind = 6;

/** 虚假住院、挂床住院; 过度诊疗、过度检查: in a list that commas part, kinds of one thing are one matter. */
function areOfOneKind(clause: string): boolean {
  const kinds = clause.replace(/^[一二三四五六七八九十]{1,2}是/u, '').split('、');
  const [first = ''] = kinds;
  if (kinds.length < 2 || kinds.length > mostKinds || kinds.some((kind) => kind.length > longestKind)) return false;
  const end = first.slice(-2);
  const start = first.slice(0, 2);
  return (
    kinds.every((kind) => kind.length >= 4 && kind.endsWith(end)) ||
    (/^[^未不无非]{2}/u.test(start) && kinds.every((kind) => kind.length === 4 && kind.startsWith(start)))
  );
}

/**
 * How far a clause of an enumeration, from its beginning, names one matter though 、 parts it; 0: each of its members is one.
 * `mixed`: commas part the enumeration.
 */
export function oneMatter(clause: string, mixed: boolean): number {
  if (mixed && areOfOneKind(clause)) return clause.length;
  const shared = (ofDoers.exec(clause) ?? ofFields.exec(clause))?.[0];
  if (shared === undefined || fault.test(shared)) return 0;
  return shared.length + (/、|$/u.exec(clause.slice(shared.length))?.index ?? 0);
}

/** 生食类食品、冷荤类食品: kinds of one thing, though the second seems to begin with a verb. */
export const sameThings = (before: string, words: string): boolean => {
  const kind = /^[^、]{1,4}(?<kind>[类型][\u4e00-\u9fa5]{2,4})$/u.exec(words)?.groups?.kind;
  return kind !== undefined && before.includes(kind);
};
