import type { Extraction, Notice } from '../../models/index.ts';
import { extractFile } from '../../pipeline/run.ts';

/** What is extracted from a text as a file would hold it. */
export function extractText(text: string): Promise<Extraction> {
  return extractFile({ fileName: 'notice.txt', bytes: new TextEncoder().encode(text) });
}

/** A notice of an invented county, issued on 1 March 2025, with this body; `behind` stands after its date. */
export async function noticeWith(body: string, behind = ''): Promise<Notice> {
  const text = `关于做好有关工作的通知

各乡镇人民政府：

${body}

桐河县人民政府
2025年3月1日

${behind}`;
  const [notice] = (await extractText(text)).notices;
  if (!notice) throw new Error(`no notice in ${text}`);
  return notice;
}
