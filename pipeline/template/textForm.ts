import type { Attachment, Extraction, Notice } from '../../models/index.ts';

/** A form without a table, such as 案例报送模板: its lines as printed. */
export interface TextForm {
  readonly title: string;
  readonly lines: readonly TextFormLine[];
}

export type TextFormLine =
  | {
      readonly type: 'heading';
      readonly level: number;
      readonly text: string /** Nothing is printed beneath it: to be written. */;
      readonly open: boolean;
    }
  /** 填报单位：____ : the words before and after each blank, and what the blank is called. */
  | { readonly type: 'fields'; readonly parts: readonly (string | { readonly name: string })[] }
  /** What is to be written here (简要介绍…): stands until it is written over. */
  | { readonly type: 'guide'; readonly text: string }
  | { readonly type: 'text'; readonly text: string };

const headings: readonly RegExp[] = [
  /^[一二三四五六七八九十]+、/,
  /^（[一二三四五六七八九十]+）/,
  /^\d{1,2}[.．、](?!\d)/,
];
const blank = /(?:[_＿]{2,}|[-—]{3,})/g;
/** A label that ends a line asks for what follows it. */
const openLabel = /^[\p{Script=Han}（）()]{2,16}[：:]\s*$/u;
const guide =
  /^[（(].*(说明|介绍|要求|对照|填写|简述|包括|不超过|字以内).*[）)]$|^(简要|简单|重点|主要|详细)?(介绍|说明|描述|概述|阐述|写明|列明|填写|总结)|^此(处|部分)/;

/**
 * The forms without tables that a notice prescribes (kind `model` or `form`), with the text that stands between the
 * attachment's title and whatever comes after it.
 */
export function textForms(extraction: Extraction, notice: Notice): readonly TextForm[] {
  return notice.attachments.flatMap((attachment) => {
    if (!attachment.present || attachment.tables.length > 0) return [];
    if (attachment.kind !== 'model' && attachment.kind !== 'form') return [];
    const text = attachmentText(extraction, attachment);
    return text === null ? [] : [textForm(attachment.title, text)];
  });
}

/** What stands under an attachment's printed title, to the head of the next attachment or the start of the next notice. */
function attachmentText(extraction: Extraction, attachment: Attachment): string | null {
  const title = attachment.evidence.at(-1);
  // The first evidence is its line in the list of attachments; one that stands there alone has no content in this file.
  if (title === undefined || attachment.evidence.length < 2) return null;
  const later = extraction.notices
    .flatMap((notice) => [
      ...notice.attachments.flatMap((other) => (other.evidence.length > 1 ? [other.evidence.at(-1)!.start] : [])),
      ...(notice.title?.evidence ?? []).map((evidence) => evidence.start),
      ...(notice.printingInfo?.evidence ?? []).map((evidence) => evidence.start),
      ...notice.copyRecipients.flatMap((one) => one.evidence.map((evidence) => evidence.start)),
    ])
    .filter((start) => start > title.end);
  const end = Math.min(extraction.text.length, ...later);
  const lines = extraction.text.slice(title.end, end).split('\n');
  while (lines.length > 0 && /^(附件\s*[\d一二三四五六七八九十]*[：:.．]?|抄送[：:]?|)\s*$/.test(lines.at(-1)!))
    lines.pop();
  return lines.join('\n');
}

/** Takes the text of a form apart into headings, blanks, guidance and text. */
export function textForm(title: string, text: string): TextForm {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[（(](参考)?模[板版][）)]$/.test(line));
  const levelOf = (line: string) => headings.findIndex((heading) => heading.test(line)) + 1;
  return {
    title,
    lines: lines.map((line, i): TextFormLine => {
      const level = levelOf(line);
      const short = line.length <= 40 && !/[。；]$/.test(line);
      if (level > 0 && level < 3 && short) {
        const next = lines[i + 1];
        const nextLevel = next === undefined ? 1 : levelOf(next);
        return { type: 'heading', level, text: line, open: nextLevel > 0 && nextLevel <= level };
      }
      const parts = fieldParts(line);
      if (parts.length > 1) return { type: 'fields', parts };
      return guide.test(line) ? { type: 'guide', text: line } : { type: 'text', text: line };
    }),
  };
}

function fieldParts(line: string): (string | { readonly name: string })[] {
  const parts: (string | { name: string })[] = [];
  let from = 0;
  const nameOf = (before: string) => /([\p{Script=Han}]{1,12})[（(]?[^\p{Script=Han}]*$/u.exec(before)?.[1] ?? '填写项';
  for (const match of line.matchAll(blank)) {
    const before = line.slice(from, match.index);
    parts.push(before, { name: nameOf(before) });
    from = match.index + match[0].length;
  }
  if (from > 0 && from < line.length) parts.push(line.slice(from));
  if (parts.length === 0 && openLabel.test(line)) return [line, { name: nameOf(line) }];
  return parts.length === 0 ? [line] : parts;
}
