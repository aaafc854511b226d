import { useQuery } from '@tanstack/react-query';
import { Alert, Drawer, Spin, Tag } from 'antd';
import { Link } from 'react-router';
import type { Matrix } from '../../../models/api/matrix.ts';
import type { Change, CoverageState, FocusItem } from '../../../models/index.ts';
import { comparisonQuery } from '../api/queries.ts';
import { EvidenceLinks } from '../compare/evidenceLinks.tsx';
import { Side } from '../compare/side.tsx';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { effectWords, stateWords } from '../words.ts';
import type { Place } from './matrixGrid.tsx';
import { letterStates, percent, placeOf } from './shown.ts';

interface DetailsProps {
  readonly matrix: Matrix;
  readonly place: Place | null;
  readonly onOpen: (place: Place) => void;
  readonly onClose: () => void;
}

/** What stands behind a cell, a row or a column. */
export function Details({ matrix, place, onOpen, onClose }: DetailsProps) {
  const row = place?.row === null || place === null ? undefined : matrix.rows[place.row];
  const column = place?.column ?? null;
  const title = row === undefined ? (column === null ? '' : `第 ${column + 1} 项`) : placeOf(row);
  return (
    <Drawer open={place !== null} onClose={onClose} title={title} size={560} destroyOnHidden>
      {row !== undefined && <Pair matrix={matrix} row={row} column={column} />}
      {row === undefined && column !== null && <Column matrix={matrix} column={column} onOpen={onOpen} />}
    </Drawer>
  );
}

const printed = (item: Pick<FocusItem, 'subject' | 'action' | 'text'>) =>
  `${item.subject === null ? '' : `〔${item.subject}〕`}${item.action ?? ''}${item.text}`;

function Pair({
  matrix,
  row,
  column,
}: {
  readonly matrix: Matrix;
  readonly row: Matrix['rows'][number];
  readonly column: number | null;
}) {
  const comparison = useQuery(comparisonQuery(matrix.upperAddress, row.address));
  const item = column === null ? undefined : matrix.items[column];
  const changes = comparison.data?.comparison.items ?? [];
  const own = item === undefined ? undefined : changes.find((change) => change.left.some(({ id }) => id === item.id));
  const added = changes.filter((change) => change.change === 'added');
  return (
    <>
      <p className="details-notice">
        <Link to={`/files/${row.address.replace('.', '/')}`}>{row.notice.title ?? row.notice.fileName}</Link>
        <span className="fact-small">
          {[row.notice.documentNumber, row.notice.issuingBody].filter(Boolean).join('　')}
        </span>
      </p>
      <p>
        落实率 {percent(row.coverage)}：保留 {row.counts.kept}，修改 {row.counts.modified}，弱化 {row.counts.weakened}
        ，未见 {row.counts.dropped}，不属职责 {row.counts.outOfRemit}；新增 {row.added}。
        <Link to={`/compare?left=${matrix.upperAddress}&right=${row.address}`}>逐项比对这两份公文</Link>
      </p>
      {item !== undefined && column !== null && (
        <section aria-label="这一项">
          <h2 className="facts-heading">
            第 {column + 1} 项 <State state={letterStates[row.cells.charAt(column)] ?? 'dropped'} />
          </h2>
          {comparison.data === undefined ? (
            <p className="compare-text">{printed(item)}</p>
          ) : (
            own !== undefined && <Both change={own} matrix={matrix} lower={row.address} />
          )}
        </section>
      )}
      {comparison.isPending && <Spin description="正在比对…" />}
      {comparison.isError && <ProblemAlert error={comparison.error} onRetry={() => comparison.refetch()} />}
      {comparison.data?.calendar.map((finding) => (
        <Alert key={finding.message} type="warning" showIcon title={finding.message} className="compare-alert" />
      ))}
      {added.length > 0 && (
        <section aria-label="自行新增">
          <h2 className="facts-heading">自行新增 {added.length} 项</h2>
          <ul className="lines">
            {added
              .flatMap((change) => change.right)
              .map((one) => (
                <li key={one.id}>
                  {printed(one)} <EvidenceLinks address={row.address} evidence={one.evidence} />
                </li>
              ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Both({
  change,
  matrix,
  lower,
}: {
  readonly change: Change<FocusItem>;
  readonly matrix: Matrix;
  readonly lower: string;
}) {
  const shared = { change, textOf: printed };
  return (
    <dl className="details-both">
      {change.effects.length > 0 && (
        <>
          <dt>变化</dt>
          <dd>
            {change.effects.map((effect) => (
              <Tag key={effect}>{effectWords[effect]}</Tag>
            ))}
          </dd>
        </>
      )}
      <dt>上级</dt>
      <dd className="compare-side">
        <Side {...shared} items={change.left} skip="insert" address={matrix.upperAddress} />
      </dd>
      <dt>下级</dt>
      <dd className="compare-side">
        <Side {...shared} items={change.right} skip="delete" address={lower} />
      </dd>
    </dl>
  );
}

function State({ state }: { readonly state: CoverageState }) {
  return <span className={`change state-${state}`}>{stateWords[state]}</span>;
}

const telling: readonly CoverageState[] = ['dropped', 'weakened', 'modified', 'out-of-remit', 'kept'];

/** One item: who did what with it. */
function Column({
  matrix,
  column,
  onOpen,
}: {
  readonly matrix: Matrix;
  readonly column: number;
  readonly onOpen: (place: Place) => void;
}) {
  const item = matrix.items[column];
  if (item === undefined) return null;
  return (
    <>
      <p className="compare-text">{printed(item)}</p>
      {telling.map((state) => {
        const own = matrix.rows.flatMap((row, at) =>
          letterStates[row.cells.charAt(column)] === state ? [{ row, at }] : [],
        );
        if (own.length === 0) return null;
        return (
          <section key={state}>
            <h2 className="facts-heading">
              <State state={state} /> {own.length} 份
            </h2>
            <p className="details-places">
              {own.map(({ row, at }) => (
                <button
                  key={row.address}
                  type="button"
                  className="details-place"
                  onClick={() => onOpen({ row: at, column })}
                >
                  {placeOf(row)}
                </button>
              ))}
            </p>
          </section>
        );
      })}
    </>
  );
}
