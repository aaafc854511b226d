import { useQuery } from '@tanstack/react-query';
import { Empty, Select, Skeleton } from 'antd';
import { useState } from 'react';
import type { CollectedTable, Series } from '../../../models/api/collection.ts';
import { periodText } from '../../../models/periodText.ts';
import { seriesQuery } from '../api/collectionQueries.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { reachable } from '../parts/reachable.ts';
import { figure, labelOf } from './filledGrid.tsx';
import { LineChart } from './lineChart.tsx';

/** One indicator over the periods: as a line, and as figures. */
export function SeriesPanel({ id, table }: { readonly id: number; readonly table: CollectedTable }) {
  const [chosen, setChosen] = useState(0);
  const series = useQuery(seriesQuery(id, { table: table.table }));
  if (series.isError) return <ProblemAlert error={series.error} onRetry={() => series.refetch()} />;
  if (series.data === undefined) return <Skeleton active />;
  const { indicators, periods } = series.data;
  const indicator = indicators[chosen] ?? indicators[0];
  if (indicator === undefined || periods.length === 0) {
    return <Empty description={indicators.length === 0 ? '这张表没有可以汇总的数' : '还没有收到数据'} />;
  }
  const index = indicators.indexOf(indicator);
  return (
    <>
      <div className="returns-bar">
        <span>指标</span>
        <Select
          className="table-choice"
          aria-label="指标"
          showSearch={{ optionFilterProp: 'label' }}
          value={index}
          options={indicators.map((one, value) => ({ value, label: nameOf(one) }))}
          onChange={setChosen}
        />
      </div>
      <section ref={reachable} className="grid-scroll" aria-label="走势图">
        <LineChart
          title={nameOf(indicator)}
          points={periods.map((one) => {
            const value = one.values[index];
            return { label: periodText(one.period), value: typeof value === 'number' ? value : null };
          })}
        />
      </section>
      <section ref={reachable} className="grid-scroll" aria-label={`${nameOf(indicator)}各期数`}>
        <table className="grid sums">
          <thead>
            <tr>
              <th scope="col">报告期</th>
              <th scope="col">已报单位</th>
              <th scope="col">{nameOf(indicator)}</th>
              <th scope="col">比上期</th>
            </tr>
          </thead>
          <tbody>
            {periods.map((one, i) => (
              <tr key={one.period}>
                <th scope="row">{periodText(one.period)}</th>
                <td>{one.reported}</td>
                <td>{figure(one.values[index] ?? null)}</td>
                <td>{changeOf(periods, i, index)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function nameOf({ key, unit }: Series['indicators'][number]): string {
  return `${labelOf(key)}${unit === null ? '' : `（${unit}）`}`;
}

function changeOf(periods: Series['periods'], at: number, index: number): string {
  const [now, before] = [periods[at]?.values[index], periods[at - 1]?.values[index]];
  if (typeof now !== 'number' || typeof before !== 'number') return '';
  const change = Number((now - before).toPrecision(12));
  return change > 0 ? `+${figure(change)}` : figure(change);
}
