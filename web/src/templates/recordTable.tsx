import { entryCells } from '../../../models/entryCells.ts';
import type { EntryValue, FormModel } from '../../../models/index.ts';
import { keyed } from '../parts/keyed.ts';
import { reachable } from '../parts/reachable.ts';

/** The rows of a list (台账), with the unit before each where there are several. */
export function RecordTable({
  form,
  rows,
}: {
  readonly form: FormModel;
  readonly rows: readonly { readonly unit: string | null; readonly values: readonly EntryValue[] }[];
}) {
  const open = entryCells(form);
  const first = Math.min(...open.map((cell) => cell.row));
  const heads = open.filter((cell) => cell.row === first).map((cell) => cell.key ?? '');
  const withUnit = rows.some((row) => row.unit !== null);
  return (
    <section ref={reachable} className="grid-scroll" aria-label="明细">
      <table className="grid">
        <thead>
          <tr>
            {withUnit && <th scope="col">填报单位</th>}
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keyed(rows, (row) => `${row.unit} ${row.values.join()}`).map(({ key, item: row }) => (
            <tr key={key}>
              {withUnit && <th scope="row">{row.unit}</th>}
              {heads.map((head, column) => (
                <td key={head}>{row.values[column] ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
