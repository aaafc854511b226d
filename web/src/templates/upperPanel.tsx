import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Empty, Skeleton } from 'antd';
import { useState } from 'react';
import { periodText } from '../../../models/periodText.ts';
import { addressOf } from '../api/ask.ts';
import { upperQuery } from '../api/collectionQueries.ts';
import { NoticePicker } from '../parts/noticePicker.tsx';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { FilledGrid } from './filledGrid.tsx';
import type { PanelProps } from './panelProps.ts';
import { PeriodChoice } from './periodChoice.tsx';

/** The level above asks on another table: ours fills it as far as it can, and says what stays open. */
export function UpperPanel({ id, table, period, onPeriod }: PanelProps) {
  const [notice, setNotice] = useState<string | null>(null);
  const upper = useQuery({
    ...upperQuery(id, { notice, period }),
    enabled: notice !== null && period !== '',
  });
  const items = upper.data?.items ?? [];
  return (
    <>
      <p>选择上级的公文，用本级汇总数填它规定的表；行列按含义对应，对不上的逐格说明。</p>
      <div className="returns-bar">
        <NoticePicker
          label="选择上级公文"
          value={notice}
          accept={(one) => one.counts.attachments > 0}
          onChange={setNotice}
        />
        <PeriodChoice table={table} period={period} onPeriod={onPeriod} />
        {items.length > 0 && (
          <Button type="primary" href={addressOf(`/api/collections/${id}/upper/download`, { notice, period })}>
            下载上级表（Excel）
          </Button>
        )}
      </div>
      {upper.isError && <ProblemAlert error={upper.error} onRetry={() => upper.refetch()} />}
      {upper.isLoading && <Skeleton active />}
      {upper.isSuccess && items.length === 0 && (
        <Empty description="上级公文的统计表与本级的表没有可对应的行列，或者这一期还没有数据" />
      )}
      {items.map((one) => (
        <section key={one.form.identity.tableNumber} aria-label={one.form.title}>
          <h2 className="panel-title">{one.form.title}</h2>
          <p className="faint">
            用本级《{one.ours.tableTitle}》{periodText(one.ours.period)}的汇总数填写
          </p>
          <FilledGrid
            form={one.form}
            values={one.values}
            skipped={one.unfilled.map((cell) => cell.cell)}
            skippedText="填不了"
          />
          {one.unfilled.length > 0 && (
            <Alert
              type="warning"
              showIcon
              title={`有 ${one.unfilled.length} 格填不了`}
              description={
                <ul className="issues">
                  {one.unfilled.map((cell) => (
                    <li key={cell.cell}>{cell.message}</li>
                  ))}
                </ul>
              }
            />
          )}
        </section>
      ))}
    </>
  );
}
