import type {
  Flow,
  FlowBlock,
  FlowCell,
  FlowLine,
  FlowSegment,
  Layout,
  LayoutBlock,
  LayoutLine,
  LayoutTable,
} from '../../models/index.ts';
import { type FoldedLine, foldLine } from '../../models/text/normalize.ts';
import { goesOn, type Piece, wrapWidth } from './joinLines.ts';
import { splitRunTogether } from './splitRunTogether.ts';

/**
 * Makes one normalised text of the pages: lines folded and joined to paragraphs, tables as rows of cells parted by tabs, seals
 * and pictures as marks. Page furniture stays out of the text; how much is said in a diagnostic.
 */
export function composeFlow(layout: Layout): Flow {
  const pieces = toPieces(layout);
  const width = wrapWidth(pieces);
  const writer = flowWriter();
  let previous: Piece | undefined;
  for (const piece of pieces) {
    if (piece.type === 'line') {
      if (previous && goesOn(previous, piece, width)) writer.append(piece);
      else writer.paragraph(piece);
      previous = piece;
    } else if (piece.type === 'table') {
      writer.table(piece.table, piece.page);
      previous = undefined;
    } else writer.mark(piece);
  }
  const furniture = layout.pages.reduce((count, page) => count + page.furniture.length, 0);
  return writer.finish(
    furniture === 0
      ? []
      : [
          {
            code: 'furniture-set-aside',
            severity: 'info',
            message: `页码、页眉页脚共${furniture}行不计入正文。`,
            page: null,
          },
        ],
  );
}

type FlowPiece =
  | Piece
  | { readonly type: 'table'; readonly table: LayoutTable; readonly page: number }
  | {
      readonly type: 'seal' | 'picture' | 'rule' | 'page';
      readonly page: number;
      readonly text: string | null;
      readonly color: LayoutLine['color'];
    };

function toPieces(layout: Layout): FlowPiece[] {
  const pieces: FlowPiece[] = [];
  for (const page of layout.pages) {
    pieces.push({ type: 'page', page: page.page, text: page.member, color: null });
    for (const block of page.blocks) for (const piece of blockPieces(block, page.page)) pieces.push(piece);
  }
  return pieces;
}

function blockPieces(block: LayoutBlock, page: number): FlowPiece[] {
  switch (block.type) {
    case 'table':
      return [{ type: 'table', table: block, page }];
    case 'seal':
      return [{ type: 'seal', page, text: block.text, color: null }];
    case 'picture':
      return [{ type: 'picture', page, text: block.description, color: null }];
    case 'rule':
      return [{ type: 'rule', page, text: null, color: block.color }];
    case 'line': {
      const folded = foldLine(block.text);
      if (folded.text === '') return [];
      return splitRunTogether(folded).map((part) => ({ type: 'line', line: block, folded: part, page }));
    }
  }
}

/** Writes the text and, beside it, which printed characters it consists of. */
function flowWriter() {
  const parts: string[] = [];
  const blocks: FlowBlock[] = [];
  const segments: FlowSegment[] = [];
  const lines: FlowLine[] = [];
  const lineIndex = new Map<LayoutLine, number>();
  /** Index of the last paragraph among the blocks. */
  let open = -1;
  let length = 0;
  let last = '';

  const write = (text: string) => {
    if (text === '') return;
    parts.push(text);
    length += text.length;
    last = text.charAt(text.length - 1);
  };
  const register = (line: LayoutLine, page: number): number => {
    let index = lineIndex.get(line);
    if (index === undefined) {
      index = lines.length;
      lineIndex.set(line, index);
      lines.push({
        page: line.page ?? page,
        box: line.box,
        edges: line.edges,
        length: line.text.length,
        confidence: line.confidence,
        ...(line.sureness && { sureness: line.sureness }),
      });
    }
    return index;
  };
  const writeFolded = ({ text, positions }: FoldedLine, line: LayoutLine, page: number) => {
    const index = register(line, page);
    for (let from = 0; from < text.length; ) {
      let to = from + 1;
      while (to < text.length && positions[to] === (positions[to - 1] as number) + 1) to++;
      segments.push({ start: length + from, end: length + to, line: index, from: positions[from] as number });
      from = to;
    }
    write(text);
  };
  const newLine = () => {
    if (length > 0 && last !== '\n') write('\n');
  };

  return {
    paragraph({ line, folded, page }: Piece) {
      newLine();
      const start = length;
      writeFolded(folded, line, page);
      open = blocks.length;
      blocks.push({
        type: 'paragraph',
        start,
        end: length,
        page,
        heading: line.heading,
        align: line.align,
        color: line.color,
        fontSize: line.fontSize,
        bold: line.bold,
        indent: folded.indent,
        role: line.role,
      });
    },
    /** Goes on with the last paragraph, whatever marks stand between. */
    append({ line, folded, page }: Piece) {
      const paragraph = blocks[open] as Extract<FlowBlock, { type: 'paragraph' }>;
      if (/[A-Za-z0-9,]$/.test(last) && /^[A-Za-z]/.test(folded.text)) write(' ');
      writeFolded(folded, line, page);
      blocks[open] = { ...paragraph, end: length };
    },
    table(table: LayoutTable, page: number) {
      newLine();
      const start = length;
      const cells: FlowCell[] = [];
      const byRow = new Map<number, LayoutTable['cells'][number][]>();
      for (const cell of table.cells) {
        const row = byRow.get(cell.row);
        if (row) row.push(cell);
        else byRow.set(cell.row, [cell]);
      }
      for (let row = 0; row < table.rowCount; row++) {
        newLine();
        const inRow = (byRow.get(row) ?? []).sort((a, b) => a.column - b.column);
        inRow.forEach((cell, order) => {
          if (order > 0) write('\t');
          const from = length;
          for (const line of cell.lines) {
            const folded = foldLine(line.text);
            if (length > from && /[A-Za-z0-9]$/.test(last) && /^[A-Za-z]/.test(folded.text)) write(' ');
            writeFolded(folded, line, page);
          }
          const { row: r, column, rowSpan, columnSpan } = cell;
          cells.push({ row: r, column, rowSpan, columnSpan, start: from, end: length });
        });
        write('\n');
      }
      const { rowCount, columnCount, spansKnown, continues } = table;
      blocks.push({ type: 'table', start, end: length, page, rowCount, columnCount, spansKnown, continues, cells });
    },
    mark({ type, page, text, color }: Exclude<FlowPiece, Piece | { type: 'table' }>) {
      blocks.push({ type, start: length, end: length, page, text, color });
    },
    finish(diagnostics: Flow['diagnostics']): Flow {
      return { text: parts.join(''), blocks, segments, lines, diagnostics };
    },
  };
}
