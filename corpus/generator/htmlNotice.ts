import type { SeededRandom } from './seededRandom.ts';
import type { NoticeSpec, SpecBlock, SpecPart, SpecTable } from './spec.ts';

export interface NoticeManner {
  readonly random: SeededRandom;
  /** Leave out the letterhead and the number: the page says them elsewhere. */
  readonly withoutHead: boolean;
}

interface Writer {
  readonly paragraph: (text: string) => string;
  readonly line: (text: string, align: 'left' | 'center' | 'right') => string;
  readonly strong: (text: string) => string;
  readonly cellParagraphs: boolean;
  readonly linked: boolean;
}

/** The markup of a notice without its title: what stands over the title in print, and what follows it. */
export function noticeMarkup(spec: NoticeSpec, manner: NoticeManner): { head: string; body: string } {
  const writer = writerOf(manner.random);
  const head = manner.withoutHead ? [] : headMarkup(spec, writer);
  return { head: head.join('\n'), body: bodyMarkup(spec, writer).join('\n') };
}

/** Editors indent paragraphs with spaces of two kinds or with a style, and centre and embolden in as many ways. */
function writerOf(random: SeededRandom): Writer {
  const indent = random.pick(['　　', '&emsp;&emsp;', '&nbsp;&nbsp;&nbsp;&nbsp;', '']);
  const style = indent === '' ? ' style="text-indent: 2em;"' : '';
  const span = random.chance(0.4)
    ? (text: string) => `<span style="font-family:仿宋_GB2312;font-size:16pt">${text}</span>`
    : (text: string) => text;
  const byStyle = random.chance(0.5);
  return {
    paragraph: (text) => `<p${style}>${indent}${span(text)}</p>`,
    line: (text, align) =>
      byStyle ? `<p style="text-align:${align}">${span(text)}</p>` : `<p align="${align}">${span(text)}</p>`,
    strong: random.chance(0.5) ? (text) => `<strong>${text}</strong>` : (text) => text,
    cellParagraphs: random.chance(0.4),
    linked: random.chance(0.4),
  };
}

function headMarkup(spec: NoticeSpec, writer: Writer): string[] {
  const upper = [spec.copyNumber, spec.securityLevel, spec.urgency].filter((text) => text !== null);
  const bodies = spec.letterhead?.bodies ?? [];
  const letterhead = bodies.map((body, i) => {
    const suffix = spec.letterhead?.withSuffix && i === bodies.length - 1 ? '文件' : '';
    return `<p align="center"><font color="#FF0000" size="6"><b>${escaped(body + suffix)}</b></font></p>`;
  });
  const number = [spec.documentNumber, spec.signer === null ? null : `签发人：${spec.signer}`].filter(
    (text) => text !== null,
  );
  return [
    ...upper.map((text) => writer.line(escaped(text), 'left')),
    ...letterhead,
    ...(number.length === 0 ? [] : [writer.line(escaped(number.join('　　')), 'center')]),
    ...(bodies.length > 0 ? ['<hr color="red" size="2">'] : []),
  ];
}

function bodyMarkup(spec: NoticeSpec, writer: Writer): string[] {
  return [
    ...(spec.recipients === null ? [] : [`<p>${escaped(spec.recipients)}</p>`]),
    ...spec.body.map((block) => blockMarkup(block, writer)),
    ...attachmentNote(spec, writer),
    ...[...spec.signatories, ...(spec.date === null ? [] : [spec.date])].map((text) =>
      writer.line(escaped(text), 'right'),
    ),
    ...spec.notes.map((text) => writer.paragraph(escaped(text))),
    ...[...spec.enclosures, ...spec.attachments].flatMap((part) => partMarkup(part, writer)),
    ...imprint(spec),
    ...(spec.forwarded === null ? [] : forwarded(spec.forwarded, writer)),
  ];
}

function forwarded(spec: NoticeSpec, writer: Writer): string[] {
  return [
    ...headMarkup(spec, writer),
    writer.line(`<b>${spec.title.map(escaped).join('<br>')}</b>`, 'center'),
    ...bodyMarkup(spec, writer),
  ];
}

function attachmentNote({ attachmentNote: titles }: NoticeSpec, writer: Writer): string[] {
  const link = (text: string, i: number): string =>
    writer.linked ? `<a href="./W0202505${i}.docx" target="_blank">${text}</a>` : text;
  if (titles.length === 1) return [writer.paragraph(`附件：${link(escaped(titles[0]!), 0)}`)];
  return titles.map((title, i) =>
    writer.paragraph(`${i === 0 ? '附件：' : ''}${link(`${i + 1}. ${escaped(title)}`, i)}`),
  );
}

function partMarkup(part: SpecPart, writer: Writer): string[] {
  return [
    ...(part.label === null ? [] : [`<p>${escaped(part.label)}</p>`]),
    ...(part.title.length === 0 ? [] : [writer.line(`<b>${part.title.map(escaped).join('<br>')}</b>`, 'center')]),
    ...part.blocks.map((block) => blockMarkup(block, writer)),
  ];
}

function imprint({ imprint: about }: NoticeSpec): string[] {
  if (about === null) return [];
  const printing = [about.printedBy, about.printedOn === null ? null : `${about.printedOn}印发`].filter(
    (text) => text !== null,
  );
  return [
    ...(about.copyTo === null ? [] : [`<p>抄送：${escaped(about.copyTo)}</p>`]),
    ...(printing.length === 0 ? [] : [`<p>${escaped(printing.join('　　'))}</p>`]),
  ];
}

function blockMarkup(block: SpecBlock, writer: Writer): string {
  switch (block.type) {
    case 'paragraph':
      return writer.paragraph(escaped(block.text));
    case 'heading':
      return writer.paragraph(`${writer.strong(escaped(block.number + block.text))}${escaped(block.runIn ?? '')}`);
    case 'lines':
      return block.lines.map((line) => writer.paragraph(escaped(line))).join('\n');
    case 'table':
      return [
        ...block.caption.map((text) => `<p>${escaped(text)}</p>`),
        tableMarkup(block, writer),
        ...block.notes.map((text) => `<p>${escaped(text)}</p>`),
      ].join('\n');
  }
}

function tableMarkup(table: SpecTable, writer: Writer): string {
  const rows = Array.from({ length: table.rowCount }, (_, row) =>
    table.cells
      .filter((cell) => cell.row === row)
      .sort((a, b) => a.column - b.column)
      .map((cell) => {
        const spans = `${cell.rowSpan > 1 ? ` rowspan="${cell.rowSpan}"` : ''}${cell.columnSpan > 1 ? ` colspan="${cell.columnSpan}"` : ''}`;
        const text = cell.text === '' ? '&nbsp;' : escaped(cell.text);
        return `<td${spans} style="border:1px solid #000">${writer.cellParagraphs ? `<p align="center">${text}</p>` : text}</td>`;
      })
      .join(''),
  );
  return `<table border="1" cellspacing="0" style="border-collapse:collapse">\n<tbody>${rows.map((row) => `<tr>${row}</tr>`).join('\n')}</tbody>\n</table>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
