import { Button, Card, Input, Select, Space } from 'antd';
import { useDeferredValue, useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { Matrix } from '../../../models/api/matrix.ts';
import type { CoverageState } from '../../../models/index.ts';
import { addressOf } from '../api/ask.ts';
import { stateWords } from '../words.ts';
import { MatrixGrid, type Place } from './matrixGrid.tsx';
import { MatrixNotes } from './matrixNotes.tsx';
import { Details } from './pairDrawer.tsx';
import { allShown, type Filters, type Order, orders, percent, shownOf } from './shown.ts';

const states = ['kept', 'modified', 'weakened', 'dropped', 'out-of-remit'] as const satisfies readonly CoverageState[];
const countOf = {
  kept: 'kept',
  modified: 'modified',
  weakened: 'weakened',
  dropped: 'dropped',
  'out-of-remit': 'outOfRemit',
} as const;

/** A matrix that is done: totals, filters, the grid, and what stands out. */
export function MatrixView({ matrix }: { readonly matrix: Matrix }) {
  const [filters, setFilters] = useState<Filters>(allShown);
  const [open, setOpen] = useState<Place | null>(null);
  const deferred = useDeferredValue(filters);
  const { rows, columns } = useMemo(() => shownOf(matrix, deferred), [matrix, deferred]);
  const change = (values: Partial<Filters>) => setFilters({ ...filters, ...values });
  const download = (format: string) => addressOf(`/api/matrices/${matrix.matrixId}/report`, { format });
  const total = (state: CoverageState) => matrix.itemCounts.reduce((sum, counts) => sum + counts[countOf[state]], 0);
  const mean = matrix.rows.reduce((sum, row) => sum + row.coverage, 0) / Math.max(1, matrix.rows.length);
  const upper = [matrix.upper?.title ?? matrix.upper?.fileName, matrix.upper?.documentNumber]
    .filter(Boolean)
    .join('　');
  const late = matrix.rows.filter((row) => row.lateDeadlines > 0).length;
  return (
    <>
      <Card>
        <p className="matrix-upper">
          上级：<Link to={`/files/${matrix.upperAddress.replace('.', '/')}`}>{upper}</Link>
        </p>
        <div className="compare-bar">
          <Space size="large" wrap aria-label="合计">
            <strong>
              {matrix.items.length} 项 × {matrix.rows.length} 份
            </strong>
            <span>平均落实率 {percent(mean)}</span>
            {states.map((state) => (
              <span key={state}>
                <span className={`change state-${state}`}>{stateWords[state]}</span> {total(state)}
              </span>
            ))}
            {late > 0 && <span className="matrix-late">{late} 份的期限晚于上级</span>}
          </Space>
          <Space wrap>
            <Button href={download('xlsx')}>下载 Excel</Button>
            <Button href={download('docx')}>下载 Word</Button>
            <Button href={download('html')}>下载网页</Button>
          </Space>
        </div>
        <div className="matrix-filters">
          <Input
            aria-label="筛选下级"
            placeholder="筛选下级：地区、机关、文号"
            allowClear
            value={filters.place}
            onChange={(event) => change({ place: event.target.value })}
          />
          <Input
            aria-label="筛选要求"
            placeholder="筛选要求：对象、内容"
            allowClear
            value={filters.matter}
            onChange={(event) => change({ matter: event.target.value })}
          />
          <Select<CoverageState[]>
            mode="multiple"
            aria-label="只看有这些情况的"
            placeholder="只看有…的行和列"
            value={[...filters.states]}
            options={states.map((value) => ({ value, label: stateWords[value] }))}
            onChange={(value) => change({ states: value })}
          />
          <Select<Order>
            aria-label="排列"
            value={filters.order}
            options={orders.map(([value, label]) => ({ value, label }))}
            onChange={(order) => change({ order })}
          />
        </div>
        {rows.length === 0 || columns.length === 0 ? (
          <p className="faint">
            没有符合的行和列。<Button onClick={() => setFilters(allShown)}>显示全部</Button>
          </p>
        ) : (
          <MatrixGrid matrix={matrix} rows={rows} columns={columns} onOpen={setOpen} />
        )}
      </Card>
      <MatrixNotes matrix={matrix} onOpen={setOpen} />
      <Details matrix={matrix} place={open} onOpen={setOpen} onClose={() => setOpen(null)} />
    </>
  );
}
