import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Empty, Segmented, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { entryCells } from '../../../models/entryCells.ts';
import type { Consolidated, EntryValue, FormModel } from '../../../models/index.ts';
import { periodText } from '../../../models/periodText.ts';
import { addressOf } from '../api/ask.ts';
import { summaryQuery } from '../api/collectionQueries.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { reachable } from '../parts/reachable.ts';
import { FilledGrid, figure, labelOf } from './filledGrid.tsx';
import type { PanelProps } from './panelProps.ts';
import { PeriodChoice } from './periodChoice.tsx';
import { RecordTable } from './recordTable.tsx';

type View = 'now' | 'difference' | 'year';

/** The consolidated table: over the units, against the last period, for the year, up the levels. */
export function SummaryPanel({ id, table, period, onPeriod }: PanelProps) {
  const [view, setView] = useState<View>('now');
  const summary = useQuery({
    ...summaryQuery(id, { table: table.table, period }),
    enabled: period !== '',
    placeholderData: keepPreviousData,
  });
  const download = (format: string, content?: string) =>
    addressOf(`/api/collections/${id}/report`, { table: table.table, period, format, content });
  const found = summary.data?.consolidated ?? null;
  return (
    <>
      <div className="returns-bar">
        <PeriodChoice table={table} period={period} onPeriod={onPeriod} />
        {period !== '' && (
          <Space wrap>
            <Button type="primary" href={download('xlsx')}>
              下载汇总（Excel）
            </Button>
            <Button href={download('csv', 'sums')}>汇总（CSV）</Button>
            <Button href={download('csv', 'units')}>各单位明细（CSV）</Button>
            <Button href={download('csv', 'issues')}>问题清单（CSV）</Button>
          </Space>
        )}
      </div>
      {summary.isError && <ProblemAlert error={summary.error} onRetry={() => summary.refetch()} />}
      {summary.isLoading && <Skeleton active />}
      {(period === '' || (summary.isSuccess && found === null)) && <Empty description="这一期还没有收到数据" />}
      {summary.data !== undefined && found !== null && (
        <Sums form={summary.data.form} sums={found} view={view} onView={setView} />
      )}
    </>
  );
}

function Sums({
  form,
  sums,
  view,
  onView,
}: {
  readonly form: FormModel;
  readonly sums: Consolidated;
  readonly view: View;
  readonly onView: (view: View) => void;
}) {
  const { previous, yearToDate } = sums;
  const views = [
    { value: 'now' as const, label: '本期' },
    { value: 'difference' as const, label: '比上期', disabled: previous === null },
    { value: 'year' as const, label: '年初累计', disabled: yearToDate === null },
  ];
  const chosen = views.find((one) => one.value === view && !one.disabled)?.value ?? 'now';
  const values: readonly EntryValue[] =
    chosen === 'difference'
      ? (previous?.differences ?? []).map((value) =>
          typeof value === 'number' && value > 0 ? `+${figure(value)}` : value,
        )
      : chosen === 'year'
        ? (yearToDate?.values ?? [])
        : sums.values;
  return (
    <>
      <h2 className="panel-title">
        {form.identity.tableTitle}　{periodText(sums.period)}
      </h2>
      <p className="faint">
        应报 {sums.expected} 个单位，已报 {sums.reported} 个
        {sums.excluded.length > 0 && `；${sums.excluded.length} 格有误，更正前未计入`}
        {chosen === 'difference' && previous !== null && `；与${periodText(previous.period)}相比`}
        {chosen === 'year' && yearToDate !== null && `；含${yearToDate.periods.map(periodText).join('、')}`}
      </p>
      {chosen === 'year' && (yearToDate?.missingPeriods.length ?? 0) > 0 && (
        <Alert type="warning" showIcon title={`缺${yearToDate?.missingPeriods.map(periodText).join('、')}的数据。`} />
      )}
      {form.records ? (
        <RecordTable form={form} rows={sums.records} />
      ) : (
        <>
          <Segmented aria-label="看哪一种数" value={chosen} options={views} onChange={onView} />
          <FilledGrid form={form} values={values} skipped={sums.notAdded} />
          {sums.excluded.length > 0 && <Excluded form={form} sums={sums} />}
          {sums.levels.length > 0 && <Levels form={form} sums={sums} />}
        </>
      )}
    </>
  );
}

function Excluded({ form, sums }: { readonly form: FormModel; readonly sums: Consolidated }) {
  const cells = entryCells(form);
  return (
    <details className="form-checks">
      <summary>未计入的 {sums.excluded.length} 格</summary>
      <ul className="issues">
        {sums.excluded.slice(0, 200).map(({ cell, unit }) => (
          <li key={`${cell}-${unit}`}>
            {unit}：{labelOf(cells[cell]?.key ?? null)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Levels({ form, sums }: { readonly form: FormModel; readonly sums: Consolidated }) {
  const skipped = new Set(sums.notAdded);
  const shown = entryCells(form).flatMap((cell, i) => (skipped.has(i) ? [] : [{ i, key: labelOf(cell.key) }]));
  return (
    <>
      <h3 className="panel-title">分级汇总</h3>
      <section ref={reachable} className="grid-scroll" aria-label="分级汇总">
        <table className="grid sums">
          <thead>
            <tr>
              <th scope="col">单位</th>
              <th scope="col">已报/应报</th>
              {shown.map(({ i, key }) => (
                <th key={i} scope="col">
                  {key}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sums.levels.map((level) => (
              <tr key={level.unit}>
                <th scope="row" style={{ paddingInlineStart: `${8 + level.depth * 16}px` }}>
                  {level.unit}
                </th>
                <td>
                  {level.reported}/{level.expected}
                </td>
                {shown.map(({ i }) => (
                  <td key={i}>{figure(level.values[i] ?? null)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
