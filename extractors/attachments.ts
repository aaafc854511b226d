import {
  type Attachment,
  evidenceAt,
  type Flow,
  type ParsedAttachment,
  type ParsedNotice,
  type Table,
} from '../models/index.ts';
import { foldForMatching, withoutLayoutSpaces } from '../models/text/normalize.ts';
import { readTables } from './tables.ts';

/** Attachments that one entry of the list is compared with: more are a text that repeats itself. */
const LOOKED_AT = 200;

/** 附件: the list in the notice and the attachments themselves, paired by number, else by title, else by order. */
export function extractAttachments(flow: Flow, notice: ParsedNotice): Attachment[] {
  const left = new Set(notice.attachments);
  const find = (fits: (content: ParsedAttachment) => boolean): ParsedAttachment | undefined => {
    let seen = 0;
    for (const content of left) {
      if (fits(content)) return content;
      if (++seen >= LOOKED_AT) return undefined;
    }
    return undefined;
  };
  const titles = new Map(notice.attachments.map((a) => [a, a.title && foldForMatching(a.title.value)]));
  const listed = notice.attachmentNote.map((entry, index): Attachment => {
    const title = cleanTitle(entry.title);
    const folded = foldForMatching(title);
    const content =
      find((a) => a.number !== null && a.number === entry.number && closeEnough(a, title)) ??
      find((a) => titles.get(a)?.includes(folded) ?? false) ??
      find((a) => a.number === (entry.number ?? index + 1)) ??
      find((a) => a.number === null && notice.attachmentNote.length === 1);
    if (content) left.delete(content);
    return attachment(flow, entry.number, title, content, [evidenceAt(flow, entry.span, 1)]);
  });
  const unlisted = [...left].map(
    (content, index): Attachment =>
      attachment(
        flow,
        content.number,
        cleanTitle(content.title?.value ?? withoutLayoutSpaces(flow.text.slice(content.head.start, content.head.end))),
        content,
        [evidenceAt(flow, content.title?.span ?? content.head, index >= 0 ? 0.9 : 1)],
      ),
  );
  return [...listed, ...unlisted];
}

/** 《…》 around the whole and （另发） behind it are no part of a title. */
function cleanTitle(title: string): string {
  return title
    .replace(/^《([^《》]+)》$/u, '$1')
    .replace(/[（(](?:另发|略|另附|见附件)[）)]$/u, '')
    .replace(/\.(?:pdf|docx?|xlsx?|wps|et|zip|rar|ofd)$/iu, '');
}

/** A number alone pairs unless both titles are printed and share nothing. */
function closeEnough(content: ParsedAttachment, title: string): boolean {
  if (!content.title) return true;
  const a = foldForMatching(content.title.value);
  const shared = [...foldForMatching(title)].filter((character) => a.includes(character)).length;
  return shared >= Math.min(4, title.length / 3);
}

function attachment(
  flow: Flow,
  number: number | null,
  title: string,
  content: ParsedAttachment | undefined,
  listed: Attachment['evidence'],
): Attachment {
  const tables = content ? readTables(flow, content).map((table) => ({ ...table, title: table.title ?? title })) : [];
  const head = content?.title?.span ?? content?.head;
  return {
    number,
    title,
    present: content !== undefined,
    kind: kindOf(`${title} ${content?.title?.value ?? ''}`, tables),
    tables,
    evidence: head && !listed.some((e) => e.start === head.start) ? [...listed, evidenceAt(flow, head, 1)] : listed,
  };
}

const quantity = /(?:数量?|量|金额|率|次数?|户数?|家数?|件数?|人数|面积|吨|款|总计|合计)$/u;

/** What an attachment is, by its title and by how its tables are made: a grid of blanks under quantities is a statistics table. */
function kindOf(title: string, tables: readonly Table[]): Attachment['kind'] {
  const statistical = tables.some(isStatistical);
  if (
    /统计|汇总表|月报|季报|周报|报表|进展(?:情况)?表|进度表|情况表/u.test(title) &&
    (/统计/u.test(title)
      ? tables.length > 0
      : tables.some((t) => t.cells.some((c) => c.role === 'blank' || c.role === 'not-applicable')))
  ) {
    return 'statistics-table';
  }
  if (/模板|样式|格式|范本|式样|参考文本|示例/u.test(title)) return 'model';
  if (
    /报名|登记表|申请|回执|信息表|审批表|联系表|反馈表|推荐表|申报表|承诺书|告知书|台账|记录表|备案表|联络员/u.test(
      title,
    )
  )
    return statistical && !/台账|回执/u.test(title) ? 'statistics-table' : 'form';
  if (/方案|要点|计划|分工|预案|任务/u.test(title)) return 'plan';
  if (/名单|清单|目录|一览表|领导小组|专班|成员|明细|标准/u.test(title)) return 'list';
  if (statistical) return 'statistics-table';
  return 'other';
}

function isStatistical(table: Table): boolean {
  const cells = table.cells.filter((c) => c.role === 'blank' || c.role === 'data' || c.role === 'not-applicable');
  const open = cells.filter((c) => c.role !== 'data').length;
  const measured = [...table.rows, ...table.columns].some(
    (axis) => axis.unit !== null || quantity.test(axis.path.at(-1) ?? ''),
  );
  return cells.length >= 2 && open >= cells.length * 0.5 && measured;
}
