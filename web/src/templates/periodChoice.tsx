import { Select } from 'antd';
import { periodText } from '../../../models/periodText.ts';
import type { PanelProps } from './panelProps.ts';

/** Chooses one of the periods of a table. */
export function PeriodChoice({ table, period, onPeriod }: Omit<PanelProps, 'id'>) {
  const periods = table.periods.includes(period) || period === '' ? table.periods : [...table.periods, period];
  return (
    <>
      <span>报告期</span>
      <Select
        className="filter"
        aria-label="报告期"
        value={period === '' ? null : period}
        placeholder="还没有"
        options={periods.toReversed().map((value) => ({ value, label: periodText(value) }))}
        onChange={onPeriod}
      />
    </>
  );
}
