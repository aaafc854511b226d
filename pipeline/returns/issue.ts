import { type ReturnIssue, type ReturnIssueCode, returnIssueCodes, type Severity } from '../../models/index.ts';
import { keyAddress } from './sheetGrid.ts';

/** Makes the issues of one sheet: `key` is the cell's place, null where it is not about one cell. */
export type IssueMaker = (code: ReturnIssueCode, severity: Severity, key: number | null, detail: string) => ReturnIssue;

/** Every message names file, cell and rule: 《云溪.xlsx》B7：不是数字。“检查单位数量”… */
export function issueMaker(fileName: string, sheet: string | null): IssueMaker {
  return (code, severity, key, detail) => {
    const cell = key === null ? null : keyAddress(key);
    return issueOf(fileName, sheet, cell, code, severity, detail);
  };
}

export function issueOf(
  fileName: string,
  sheet: string | null,
  cell: string | null,
  code: ReturnIssueCode,
  severity: Severity,
  detail: string,
): ReturnIssue {
  const message = `《${fileName}》${cell === null ? '' : `${cell}格`}：${returnIssueCodes[code]}。${detail}。`;
  return { code, severity, fileName, sheet, cell, message };
}
