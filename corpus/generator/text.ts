import type { NoticeSpec, SpecBlock, SpecPart, SpecTable } from './spec.ts';

/**
 * The text a careful converter makes of a notice: elements in the order of GB/T 9704-2012, paragraphs and printed
 * lines apart by an empty line, tables as tab-separated lines in which a merged cell stands once, at its top left, and
 * leaves the other places of its span empty. Ends with a line break.
 */
export function renderText(spec: NoticeSpec): string {
  return `${noticeParagraphs(spec).join('\n\n')}\n`;
}

function noticeParagraphs(spec: NoticeSpec): string[] {
  return [
    ...present([spec.copyNumber, spec.securityLevel, spec.urgency]),
    ...letterheadParagraphs(spec),
    ...present([numberLine(spec)]),
    spec.title.join('\n'),
    ...present([spec.recipients]),
    ...spec.body.map(renderBlock),
    ...attachmentNoteParagraphs(spec.attachmentNote),
    ...present([[...spec.signatories, ...present([spec.date])].join('\n') || null]),
    ...spec.notes,
    ...[...spec.enclosures, ...spec.attachments].flatMap(partParagraphs),
    ...imprintParagraphs(spec),
    ...(spec.forwarded ? noticeParagraphs(spec.forwarded) : []),
  ];
}

function present(values: readonly (string | null)[]): string[] {
  return values.filter((value) => value !== null);
}

/** 文件 stands once, beside the last of several bodies (GB/T 9704-2012, 7.2.4). */
function letterheadParagraphs(spec: NoticeSpec): string[] {
  if (!spec.letterhead) return [];
  return [`${spec.letterhead.bodies.join('\n')}${spec.letterhead.withSuffix ? '文件' : ''}`];
}

/** 签发人 shares the line of the number, at its right (GB/T 9704-2012, 7.2.6). */
function numberLine(spec: NoticeSpec): string | null {
  const signer = spec.signer === null ? null : `签发人：${spec.signer}`;
  return present([spec.documentNumber, signer]).join('　　') || null;
}

function attachmentNoteParagraphs(titles: readonly string[]): string[] {
  if (titles.length === 1) return [`附件：${titles[0]}`];
  return titles.map((title, index) => `${index === 0 ? '附件：' : ''}${index + 1}. ${title}`);
}

function partParagraphs(part: SpecPart): string[] {
  return [...present([part.label, part.title.join('\n') || null]), ...part.blocks.map(renderBlock)];
}

function imprintParagraphs(spec: NoticeSpec): string[] {
  if (!spec.imprint) return [];
  const { copyTo, printedBy, printedOn } = spec.imprint;
  const printing = present([printedBy, printedOn === null ? null : `${printedOn}印发`]).join('　　');
  return present([copyTo === null ? null : `抄送：${copyTo}`, printing || null]);
}

function renderBlock(block: SpecBlock): string {
  switch (block.type) {
    case 'paragraph':
      return block.text;
    case 'heading':
      return `${block.number}${block.text}${block.runIn ?? ''}`;
    case 'lines':
      return block.lines.join('\n');
    case 'table':
      return [...block.caption, renderGrid(block), ...block.notes].join('\n\n');
  }
}

function renderGrid(table: SpecTable): string {
  const grid = Array.from({ length: table.rowCount }, () => Array.from({ length: table.columnCount }, () => ''));
  for (const cell of table.cells) grid[cell.row]![cell.column] = cell.text;
  return grid.map((row) => row.join('\t')).join('\n');
}
