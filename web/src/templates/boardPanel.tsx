import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Empty, Input, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Board, CollectedTable } from '../../../models/api/collection.ts';
import type { ReportStatus } from '../../../models/index.ts';
import { periodText } from '../../../models/periodText.ts';
import { reportStatusText } from '../../../models/returnWords.ts';
import { addressOf } from '../api/ask.ts';
import { boardQuery } from '../api/collectionQueries.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { reachable } from '../parts/reachable.ts';
import { UnitDrawer } from './unitDrawer.tsx';

const statuses = Object.keys(reportStatusText) as ReportStatus[];
/** Rows that are drawn at first. */
const rowsShown = 100;

/** Who has reported: a line for each unit, a column for each period. */
export function BoardPanel({
  id,
  table,
  hasUnits,
}: {
  readonly id: number;
  readonly table: CollectedTable;
  readonly hasUnits: boolean;
}) {
  const [search, setSearch] = useSearchParams();
  const last = Number(search.get('last')) || 6;
  const setLast = (value: number) => {
    const next = new URLSearchParams(search);
    next.set('last', String(value));
    setSearch(next, { replace: true });
  };
  const [status, setStatus] = useState<ReportStatus | 'all'>('all');
  const [words, setWords] = useState('');
  const [shown, setShown] = useState(rowsShown);
  const [chosen, setChosen] = useState<{ readonly unit: string; readonly period: string } | null>(null);
  const board = useQuery({
    ...boardQuery(id, { table: table.table, last }),
    placeholderData: keepPreviousData,
  });
  if (board.isError) return <ProblemAlert error={board.error} onRetry={() => board.refetch()} />;
  if (board.data === undefined) return <Skeleton active />;
  const { units, periods } = board.data;
  const found = units.filter(
    (unit) =>
      (words.trim() === '' || unit.unit.includes(words.trim()) || (unit.parent ?? '').includes(words.trim())) &&
      (status === 'all' || unit.entries.some((entry) => entry.status === status)),
  );
  return (
    <>
      <div className="returns-bar">
        <Input
          className="filter-unit"
          aria-label="查找单位"
          placeholder="查找单位"
          allowClear
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <Select
          className="filter"
          aria-label="报送状态"
          value={status}
          options={[
            { value: 'all', label: '全部状态' },
            ...statuses.map((value) => ({ value, label: reportStatusText[value] })),
          ]}
          onChange={setStatus}
        />
        <Select
          className="filter"
          aria-label="期数"
          value={last}
          options={[1, 3, 6, 12, 24].map((value) => ({ value, label: `最近 ${value} 期` }))}
          onChange={setLast}
        />
        <Button
          href={addressOf(`/api/collections/${id}/report`, { table: table.table, format: 'csv', content: 'board' })}
        >
          下载（CSV）
        </Button>
      </div>
      {!hasUnits && (
        <Alert type="info" showIcon title="还没有填报单位名单，只看得到已经报来的单位；列出名单后才知道谁未报。" />
      )}
      {units.length === 0 || periods.length === 0 ? (
        <Empty description={hasUnits ? '公文没有写明定期报送的时间，收到报送后这里会显示' : '还没有收到报送'} />
      ) : (
        <BoardTable
          board={board.data}
          rows={found.slice(0, shown)}
          onChoose={(unit, period) => setChosen({ unit, period })}
        />
      )}
      {found.length > shown && (
        <Button onClick={() => setShown(shown + 500)}>还有 {found.length - shown} 个单位，继续显示</Button>
      )}
      {units.length > 0 && found.length === 0 && <Empty description="没有符合条件的单位" />}
      {chosen !== null && (
        <UnitDrawer id={id} table={table} unit={chosen.unit} period={chosen.period} onClose={() => setChosen(null)} />
      )}
    </>
  );
}

function BoardTable({
  board,
  rows,
  onChoose,
}: {
  readonly board: Board;
  readonly rows: Board['units'];
  readonly onChoose: (unit: string, period: string) => void;
}) {
  return (
    <section ref={reachable} className="grid-scroll" aria-label="报送情况表">
      <table className="grid board">
        <thead>
          <tr>
            <th scope="col">单位（{board.units.length}）</th>
            {board.periods.map((period) => (
              <th key={period.period} scope="col">
                {periodText(period.period)}
                <DueNote period={period} />
                <span className="board-counts">
                  {statuses.map((status) => {
                    const count = period.counts[status] ?? 0;
                    return count === 0 ? null : (
                      <span key={status} className={`status status-${status}`}>
                        {reportStatusText[status]} {count}
                      </span>
                    );
                  })}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((unit) => (
            <tr key={unit.unit}>
              <th scope="row">
                {unit.unit}
                {unit.parent !== null && <span className="board-note">{unit.parent}</span>}
              </th>
              {unit.entries.map((entry, index) => {
                const period = board.periods[index]?.period ?? '';
                return (
                  <td key={period}>
                    {entry.receivedAt === null && entry.status !== 'old-version' && entry.status !== 'rejected' ? (
                      <span className={`status status-${entry.status}`}>{reportStatusText[entry.status]}</span>
                    ) : (
                      <button
                        type="button"
                        className={`status status-${entry.status}`}
                        onClick={() => onChoose(unit.unit, period)}
                        aria-label={`${unit.unit} ${periodText(period)} ${reportStatusText[entry.status]}，看明细`}
                      >
                        {reportStatusText[entry.status]}
                      </button>
                    )}
                    {entry.faulty > 0 && <span className="board-note trouble-note">{entry.faulty} 格待更正</span>}
                    {entry.uncertain && <span className="board-note">节假日未公布，待定</span>}
                    {entry.receivedAt !== null && <span className="board-note">{beijingTime(entry.receivedAt)}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function DueNote({ period }: { readonly period: Board['periods'][number] }) {
  if (period.due === null) return <span className="board-note">未写明期限</span>;
  const notes = [
    period.due === period.printedDue
      ? `截止 ${period.due}`
      : `截止 ${period.due}（原定 ${period.printedDue}，遇节假日顺延）`,
    period.assumed ? '报当月还是上月系推定' : '',
    period.holidaysKnown ? '' : '节假日安排未公布，未作顺延',
  ];
  return <span className="board-note">{notes.filter(Boolean).join('；')}</span>;
}

/** 06-16 10:00, in Beijing time. */
export function beijingTime(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
