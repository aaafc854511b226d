import { Tag } from 'antd';
import type { ReactNode } from 'react';
import type { AxisChange, Change, ChangeKind, Evidence, TableComparison } from '../../../models/index.ts';
import { changeWords, effectWords } from '../words.ts';
import { Side } from './side.tsx';

interface ChangesProps<T> {
  readonly changes: readonly Change<T>[];
  readonly heads: readonly ReactNode[];
  /** `<file id>.<notice id>` of both sides. */
  readonly addresses: readonly [string, string];
  readonly onlyDifferences: boolean;
  readonly textOf: (item: T) => string;
}

/** Aligned things of two notices, one pair a row. */
export function Changes<T extends { readonly evidence: readonly Evidence[] }>({
  changes,
  heads,
  addresses,
  onlyDifferences,
  textOf,
}: ChangesProps<T>) {
  const shown = changes
    .map((change, index) => ({ change, index }))
    .filter(({ change }) => !onlyDifferences || change.change !== 'kept');
  if (shown.length === 0) {
    return <p className="faint">{changes.length === 0 ? '两份公文都没有这类内容。' : '没有不同。'}</p>;
  }
  return (
    <table className="compare">
      <thead>
        <tr>
          <th scope="col">变化</th>
          <th scope="col">左：{heads[0]}</th>
          <th scope="col">右：{heads[1]}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ change, index }) => (
          <tr
            key={index}
            className="compare-row"
            tabIndex={-1}
            data-differs={change.change === 'kept' ? undefined : ''}
          >
            <td>
              <Word change={change.change} />
              <div>
                {change.effects.map((effect) => (
                  <Tag key={effect}>{effectWords[effect]}</Tag>
                ))}
              </div>
            </td>
            <td>
              <Side change={change} items={change.left} skip="insert" textOf={textOf} address={addresses[0]} />
            </td>
            <td>
              <Side change={change} items={change.right} skip="delete" textOf={textOf} address={addresses[1]} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Word({ change }: { readonly change: ChangeKind }) {
  return <span className={`change change-${change}`}>{changeWords[change]}</span>;
}

/** What became of the rows and columns of tables. */
export function AxisChanges({
  tables,
  onlyDifferences,
}: {
  readonly tables: readonly TableComparison[];
  readonly onlyDifferences: boolean;
}) {
  if (tables.length === 0) return <p className="faint">两份公文都没有表格。</p>;
  return tables.map((table) => (
    <section key={`${table.left} → ${table.right}`}>
      <h2 className="facts-heading">
        {table.left ?? '（左边没有）'} → {table.right ?? '（右边没有）'}
      </h2>
      <table className="compare">
        <thead>
          <tr>
            <th scope="col">变化</th>
            <th scope="col">左</th>
            <th scope="col">右</th>
          </tr>
        </thead>
        <tbody>
          <AxisRows name="行" axes={table.rows} onlyDifferences={onlyDifferences} />
          <AxisRows name="列" axes={table.columns} onlyDifferences={onlyDifferences} />
        </tbody>
      </table>
    </section>
  ));
}

function AxisRows({
  name,
  axes,
  onlyDifferences,
}: {
  readonly name: string;
  readonly axes: readonly AxisChange[];
  readonly onlyDifferences: boolean;
}) {
  return axes
    .map((axis, index) => ({ axis, index }))
    .filter(({ axis }) => !onlyDifferences || axis.change !== 'kept')
    .map(({ axis, index }) => (
      <tr
        key={`${name}${index}`}
        className="compare-row"
        tabIndex={-1}
        data-differs={axis.change === 'kept' ? undefined : ''}
      >
        <td>
          {name}　<Word change={axis.change} />
        </td>
        <td>{axis.left?.join(' › ') ?? <span className="faint">无</span>}</td>
        <td>{axis.right?.join(' › ') ?? <span className="faint">无</span>}</td>
      </tr>
    ));
}
