import { type ButtonHTMLAttributes, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Matrix } from '../../../models/api/matrix.ts';
import { stateWords } from '../words.ts';
import { letterStates, percent, placeOf } from './shown.ts';
import { useViewport } from './useViewport.ts';

/** What was clicked: a cell, a whole row (no column) or a whole column (no row). Indices into the matrix. */
export interface Place {
  readonly row: number | null;
  readonly column: number | null;
}

interface MatrixGridProps {
  readonly matrix: Matrix;
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly onOpen: (place: Place) => void;
}

const rowHeight = 40;
const headHeight = 132;
const columnWidth = 84;
/** Rows and columns that are drawn beyond what is in sight. */
const beyond = 4;

/**
 * Every item against every lower notice; head and first column stay in sight. Only what is in sight is drawn, so
 * hundreds of rows are as quick as ten. Arrow keys move from cell to cell, Enter opens.
 */
export function MatrixGrid({ matrix, rows, columns, onOpen }: MatrixGridProps) {
  const [scroller, view, element] = useViewport();
  // Row -1 is the head, column -1 the names.
  const [active, setActive] = useState<readonly [row: number, column: number]>([0, 0]);
  const hasMoved = useRef(false);
  const nameWidth = view.width < 600 ? 132 : 248;
  const [activeRow, activeColumn] = [Math.min(active[0], rows.length - 1), Math.min(active[1], columns.length - 1)];

  useEffect(() => {
    if (!hasMoved.current || element === null) return;
    hasMoved.current = false;
    const top = Math.max(0, activeRow) * rowHeight;
    const left = Math.max(0, activeColumn) * columnWidth;
    const [height, width] = [element.clientHeight - headHeight, element.clientWidth - nameWidth];
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + height) element.scrollTop = top + rowHeight - height;
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (left + columnWidth > element.scrollLeft + width) element.scrollLeft = left + columnWidth - width;
    // Drawn after the next look at what is in sight.
    const timer = setTimeout(
      () =>
        element
          .querySelector<HTMLElement>(`[data-place="${activeRow},${activeColumn}"]`)
          ?.focus({ preventScroll: true }),
      60,
    );
    return () => clearTimeout(timer);
  }, [activeRow, activeColumn, element, nameWidth]);

  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    PageUp: [-10, 0],
    PageDown: [10, 0],
    Home: [0, -columns.length],
    End: [0, columns.length],
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    hasMoved.current = true;
    const within = (value: number, length: number) => Math.max(-1, Math.min(length - 1, value));
    setActive([within(activeRow + move[0], rows.length), within(activeColumn + move[1], columns.length)]);
  };

  const firstRow = Math.max(0, Math.floor(view.top / rowHeight) - beyond);
  const lastRow = Math.min(rows.length, Math.ceil((view.top + view.height - headHeight) / rowHeight) + beyond);
  const firstColumn = Math.max(0, Math.floor(view.left / columnWidth) - beyond);
  const lastColumn = Math.min(columns.length, Math.ceil((view.left + view.width - nameWidth) / columnWidth) + beyond);
  const seenColumns = columns.slice(firstColumn, lastColumn);
  const place = (row: number, column: number) => ({
    'data-place': `${row},${column}`,
    tabIndex: row === activeRow && column === activeColumn ? 0 : -1,
    onFocus: () => setActive([row, column]),
    onKeyDown,
  });

  const before = firstColumn * columnWidth;
  const after = (columns.length - lastColumn) * columnWidth;
  return (
    <section ref={scroller} className="matrix" aria-label="落实矩阵">
      <table
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        style={{ width: nameWidth + columns.length * columnWidth }}
      >
        <colgroup>
          <col style={{ width: nameWidth }} />
          {before > 0 && <col style={{ width: before }} />}
          {seenColumns.map((column) => (
            <col key={column} style={{ width: columnWidth }} />
          ))}
          {after > 0 && <col style={{ width: after }} />}
        </colgroup>
        <thead>
          <tr aria-rowindex={1} style={{ height: headHeight }}>
            <th scope="col" className="matrix-corner" aria-colindex={1}>
              下级公文（{rows.length}）<span className="fact-small">落实率 · 未见 · 晚于上级的期限</span>
            </th>
            {before > 0 && <td className="matrix-space" />}
            {seenColumns.map((column, at) => (
              <ColumnHead
                key={column}
                matrix={matrix}
                column={column}
                place={place(-1, firstColumn + at)}
                index={firstColumn + at + 2}
                onOpen={onOpen}
              />
            ))}
            {after > 0 && <td className="matrix-space" />}
          </tr>
        </thead>
        <tbody>
          {firstRow > 0 && (
            <tr style={{ height: firstRow * rowHeight }}>
              <td className="matrix-space" />
            </tr>
          )}
          {rows.slice(firstRow, lastRow).map((row, at) => {
            const line = matrix.rows[row];
            if (line === undefined) return null;
            const own = firstRow + at;
            return (
              <tr key={row} aria-rowindex={own + 2} style={{ height: rowHeight }}>
                <th scope="row" className="matrix-name" aria-colindex={1}>
                  <button
                    type="button"
                    title={[line.notice.issuingBody, line.notice.documentNumber, line.notice.title]
                      .filter(Boolean)
                      .join('　')}
                    onClick={() => onOpen({ row, column: null })}
                    {...place(own, -1)}
                  >
                    <span className="matrix-place">{placeOf(line)}</span>
                    <span className="matrix-figures">
                      {percent(line.coverage)} · 未见{line.counts.dropped}
                      {line.lateDeadlines > 0 && <span className="matrix-late"> · 晚{line.lateDeadlines}</span>}
                    </span>
                  </button>
                </th>
                {before > 0 && <td className="matrix-space" />}
                {seenColumns.map((column, offset) => {
                  const state = letterStates[line.cells.charAt(column)] ?? 'dropped';
                  return (
                    <td key={column} className={`state-${state}`} aria-colindex={firstColumn + offset + 2}>
                      <button
                        type="button"
                        onClick={() => onOpen({ row, column })}
                        {...place(own, firstColumn + offset)}
                      >
                        {stateWords[state]}
                      </button>
                    </td>
                  );
                })}
                {after > 0 && <td className="matrix-space" />}
              </tr>
            );
          })}
          {lastRow < rows.length && (
            <tr style={{ height: (rows.length - lastRow) * rowHeight }}>
              <td className="matrix-space" />
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

function ColumnHead({
  matrix,
  column,
  place,
  index,
  onOpen,
}: {
  readonly matrix: Matrix;
  readonly column: number;
  readonly place: ButtonHTMLAttributes<HTMLButtonElement>;
  readonly index: number;
  readonly onOpen: (place: Place) => void;
}) {
  const item = matrix.items[column];
  const counts = matrix.itemCounts[column];
  if (item === undefined || counts === undefined) return null;
  const words = `${item.subject === null ? '' : `〔${item.subject}〕`}${item.text}`;
  return (
    <th scope="col" className="matrix-item" aria-colindex={index}>
      <button type="button" title={words} onClick={() => onOpen({ row: null, column })} {...place}>
        <span className="matrix-item-text">
          {column + 1}. {words}
        </span>
        <span className={counts.dropped > 0 ? 'matrix-dropped' : 'matrix-figures'}>未见 {counts.dropped}</span>
      </button>
    </th>
  );
}
