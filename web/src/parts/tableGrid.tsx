import type { Table } from '../../../models/index.ts';
import { reachable } from './reachable.ts';

interface GridCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly text: string;
  readonly role: Table['cells'][number]['role'];
  /** Of forms: what stands in the cell besides its text. */
  readonly className?: string;
}

/** A table as a table, with its merged cells. */
export function TableGrid({
  caption,
  rowCount,
  cells,
}: {
  readonly caption: string | null;
  readonly rowCount: number;
  readonly cells: readonly GridCell[];
}) {
  const rows = Array.from({ length: rowCount }, (_, row) => ({
    row,
    cells: cells.filter((cell) => cell.row === row).sort((a, b) => a.column - b.column),
  }));
  return (
    <section ref={reachable} className="grid-scroll" aria-label={caption ?? '表格'}>
      <table className="grid">
        {caption !== null && <caption>{caption}</caption>}
        <tbody>
          {rows.map(({ row, cells: own }) => (
            <tr key={row}>
              {own.map((cell) => {
                const isHeader = cell.role === 'column-header' || cell.role === 'row-header';
                const Cell = isHeader ? 'th' : 'td';
                return (
                  <Cell
                    key={cell.column}
                    rowSpan={cell.rowSpan}
                    colSpan={cell.columnSpan}
                    className={[cell.role === 'not-applicable' ? 'grid-none' : '', cell.className ?? '']
                      .join(' ')
                      .trim()}
                  >
                    {cell.text}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
