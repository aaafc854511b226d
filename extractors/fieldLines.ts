/** What was printed to be written over: ____, ……, 　年　月　日 */
const blankValue = /^(?:[_＿﹍﹎\-—–－─…/.\s]|20\d{2}(?=年)|[年月日时])*$/u;

/** What a line under (or over) a form asks for: persons, telephone, day, seal, unit, remarks. */
const fieldLabel =
  /(?:单位|机关|部门|机构|地区|人|人员|员|领导|局长|主任|电话|手机|方式|号码|邮箱|传真|职务|日期|时间|盖章|公章|签字|签名|签章|备注|注|说明|意见)$/u;

/** （盖章）, 单位（公章）, 　年　月　日 : asks for something without a colon. */
const sealLine =
  /^[\p{Script=Han}]{0,8}\((?:盖章|公章|签章|签字|签名)\)(?:\d{0,4}年\d{0,2}月\d{0,2}日)?$|^(?:20\d{2})?年月日$/u;

const fold = (line: string): string => line.normalize('NFKC').replace(/\\_/g, '_').replace(/\s+/gu, '');

/**
 * 单位负责人：　　审核人：　　填报日期：　年　月　日 : a line that is nothing but labels with room to write after each. A line that
 * tells something (联系人：张三) is none.
 */
export function isFieldLine(line: string): boolean {
  const text = fold(line);
  if (text.length > 120) return false;
  if (sealLine.test(text)) return true;
  const labels = [...text.matchAll(/(?<=^|[^\p{Script=Han}]|年|日)([\p{Script=Han}]{1,14}(?:\([^()]{1,8}\))?):/gu)];
  if (labels.length === 0) return false;
  const first = labels[0]?.index ?? 0;
  if (!blankValue.test(text.slice(0, first))) return false;
  return labels.every((match, index) => {
    const label = (match[1] ?? '').replace(/\([^()]*\)$/, '').replace(/^年月日?/, '');
    const value = text.slice(match.index + match[0].length, labels[index + 1]?.index ?? text.length);
    return (fieldLabel.test(label) || /\([^()]*[章字名]\)$/u.test(match[1] ?? '')) && blankValue.test(value);
  });
}

/** A cell that is meant to be written over: ____, 年 月 日, ……, □是 □否, （盖章） 年 月 日 */
export function isPlaceholder(text: string): boolean {
  const bare = text.replace(/[\s_＿.．…·/]+/g, '').replace(/[（(](?:盖章|公章|签章|签字|签名)[）)]/gu, '');
  return bare === '' || /^(20\d{2})?年月日?$/.test(bare) || /^[□○☐][^□○☐]/.test(bare);
}

/**
 * The lines beneath a grid that belong to it, in printed order, where some of them are to be filled in (notes among them);
 * empty where none is. `followed`: another table comes, whose 填报单位 stands over it and not under this one.
 */
export function readFooter(after: readonly string[], notes: readonly string[], followed: boolean): readonly string[] {
  const end = after.findIndex(
    (line) => !(notes.includes(line) || isFieldLine(line)) || (followed && /^(?:填报|填表|报送|上报)?单位/u.test(line)),
  );
  const lines = end < 0 ? after : after.slice(0, end);
  return lines.some((line) => !notes.includes(line)) ? lines : [];
}
