import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Select, Skeleton, Space, Tabs } from 'antd';
import { useSearchParams } from 'react-router';
import type { CollectionDetail } from '../../../models/api/collection.ts';
import { ask, sendJson } from '../api/ask.ts';
import { collectionKey, collectionQuery, collectionsQuery } from '../api/collectionQueries.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { BoardPanel } from './boardPanel.tsx';
import { FilesPanel } from './filesPanel.tsx';
import { SeriesPanel } from './seriesPanel.tsx';
import { SummaryPanel } from './summaryPanel.tsx';
import { UnitsPanel } from './unitsPanel.tsx';
import { UploadPanel } from './uploadPanel.tsx';
import { UpperPanel } from './upperPanel.tsx';

/** What comes back on the forms of a notice. */
export function ReturnsTab({ fileId, noticeId }: { readonly fileId: string; readonly noticeId: string }) {
  const client = useQueryClient();
  const collections = useQuery(collectionsQuery({ fileId, noticeId }));
  const open = useMutation({
    mutationFn: () => sendJson<CollectionDetail>('/api/collections', { fileId, noticeId }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['collections'] }),
  });
  if (collections.isError) return <ProblemAlert error={collections.error} onRetry={() => collections.refetch()} />;
  if (collections.data === undefined) return <Skeleton active />;
  const id = collections.data.items[0]?.collectionId;
  if (id !== undefined) return <Collecting id={id} />;
  return (
    <Card>
      <p>
        开始收表后，可以上传各单位报回的表：逐格核对，看谁未报、谁迟报，并自动汇总。表样以开始时的为准，此后发出的空表都能认出。
      </p>
      <Button type="primary" loading={open.isPending} onClick={() => open.mutate()}>
        开始收表
      </Button>
      {open.isError && <ProblemAlert error={open.error} />}
    </Card>
  );
}

const views = [
  ['board', '报送情况'],
  ['upload', '上传报送'],
  ['summary', '汇总'],
  ['series', '各期走势'],
  ['upper', '填上级表'],
  ['units', '填报单位'],
  ['files', '来件'],
] as const;

function Collecting({ id }: { readonly id: number }) {
  const client = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const detail = useQuery(collectionQuery(id));
  const takeUp = useMutation({
    mutationFn: () => ask(`/api/collections/${id}/forms`, {}, { method: 'POST' }),
    onSuccess: () => client.invalidateQueries({ queryKey: collectionKey(id) }),
  });
  if (detail.isError) return <ProblemAlert error={detail.error} onRetry={() => detail.refetch()} />;
  if (detail.data === undefined) return <Skeleton active />;
  const { tables, units, changedTables } = detail.data;
  const table = tables.find((one) => String(one.table) === search.get('table')) ?? tables[0];
  if (table === undefined) return <Alert type="info" showIcon title="这次收表没有可填的表。" />;
  const period = search.get('period') ?? latestPeriod(table.periods);
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(search);
    next.set(name, value);
    setSearch(next, { replace: true });
  };
  const props = { id, table, period, onPeriod: (value: string) => set('period', value) };
  const view = search.get('view') ?? (units.some((unit) => unit.reports) ? 'board' : 'units');
  const panels = {
    board: <BoardPanel id={id} table={table} hasUnits={units.length > 0} />,
    upload: <UploadPanel {...props} />,
    summary: <SummaryPanel {...props} />,
    series: <SeriesPanel id={id} table={table} />,
    upper: <UpperPanel {...props} />,
    units: <UnitsPanel id={id} units={units} />,
    files: <FilesPanel id={id} />,
  };
  return (
    <>
      {changedTables.length > 0 && (
        <Alert
          className="compare-alert"
          type="warning"
          showIcon
          title={`公文重新读取后，这些表与正在收的表样不同：${changedTables.join('、')}`}
          description="启用新版表样后，按旧版填报的会被退回；不启用则继续按原表样收。"
          action={
            <Button loading={takeUp.isPending} onClick={() => takeUp.mutate()}>
              启用新版表样
            </Button>
          }
        />
      )}
      {takeUp.isError && <ProblemAlert error={takeUp.error} />}
      {tables.length > 1 && (
        <Space className="returns-bar" wrap>
          <span id="table-label">表</span>
          <Select
            className="table-choice"
            aria-labelledby="table-label"
            aria-label="选择表"
            value={table.table}
            options={tables.map((one) => ({ value: one.table, label: `${one.table}. ${one.title}` }))}
            onChange={(value: number) => set('table', String(value))}
          />
        </Space>
      )}
      <Tabs
        size="small"
        activeKey={view}
        onChange={(value) => set('view', value)}
        destroyOnHidden
        items={views.map(([key, label]) => ({ key, label, children: panels[key] }))}
      />
    </>
  );
}

/** The present one. */
function latestPeriod(periods: readonly string[]): string {
  return periods.at(-1) ?? '';
}
