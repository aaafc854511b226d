import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Empty, Space, Spin, Switch, Tabs } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Change, Comparison, Evidence, Finding } from '../../../models/index.ts';
import { addressOf } from '../api/ask.ts';
import { comparisonQuery } from '../api/queries.ts';
import { CompareKinds } from '../parts/compareKinds.tsx';
import { NoticePicker } from '../parts/noticePicker.tsx';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { changeWords, dueWords } from '../words.ts';
import { CalendarChecks } from './calendarChecks.tsx';
import { AxisChanges, Changes } from './changes.tsx';

/** Two notices side by side: what the right one kept, changed, left out and added of the left one. */
export function ComparePage() {
  const [search, setSearch] = useSearchParams();
  const left = search.get('left');
  const right = search.get('right');
  const set = (values: Readonly<Record<string, string | null>>) => {
    const next = new URLSearchParams(search);
    for (const [key, value] of Object.entries(values)) {
      if (value === null) next.delete(key);
      else next.set(key, value);
    }
    setSearch(next, { replace: true });
  };
  const comparison = useQuery({
    ...comparisonQuery(left ?? '', right ?? ''),
    enabled: left !== null && right !== null,
  });
  return (
    <>
      <div className="compare-title">
        <h1>比对</h1>
        <CompareKinds value="/compare" upper={left} />
      </div>
      <div className="compare-pick">
        <NoticePicker label="左：上级或较早的公文" value={left} onChange={(value) => set({ left: value })} />
        <Button onClick={() => set({ left: right, right: left })} disabled={left === null && right === null}>
          左右互换
        </Button>
        <NoticePicker label="右：下级或较晚的公文" value={right} onChange={(value) => set({ right: value })} />
      </div>
      {left === null || right === null ? (
        <Card>
          <Empty description="请选择左右两份公文，看右边保留、修改、遗漏、增加了什么" />
        </Card>
      ) : comparison.isError ? (
        <ProblemAlert error={comparison.error} onRetry={() => comparison.refetch()} />
      ) : comparison.data === undefined ? (
        <Spin className="page-spin" description="正在比对…" />
      ) : (
        <Compared key={`${left} ${right}`} {...comparison.data} addresses={[left, right]} />
      )}
    </>
  );
}

const kinds = ['kept', 'modified', 'dropped', 'added'] as const;

function Compared({
  comparison,
  calendar,
  addresses,
}: {
  readonly comparison: Comparison;
  readonly calendar: readonly Finding[];
  readonly addresses: readonly [string, string];
}) {
  const [onlyDifferences, setOnlyDifferences] = useState(false);
  const heads = ([comparison.left, comparison.right] as const).map((ref, side) => (
    <Link key={side === 0 ? 'left' : 'right'} to={`/files/${(addresses[side] ?? '').replace('.', '/')}`}>
      {ref.documentNumber ?? ref.title ?? ref.fileName}
    </Link>
  ));
  const [left, right] = addresses;
  const download = (format: string) => addressOf('/api/compare/report', { left, right, format });
  const shared = { heads, addresses, onlyDifferences };
  const aligned = <T extends { readonly evidence: readonly Evidence[] }>(
    key: string,
    name: string,
    changes: readonly Change<T>[],
    textOf: (item: T) => string,
  ) => [key, name, changes.length, <Changes key={key} changes={changes} {...shared} textOf={textOf} />] as const;
  const checks = comparison.calendar ?? [];
  const parts = [
    aligned('items', '检查重点', comparison.items, (item) => item.text),
    aligned(
      'deadlines',
      '时限',
      comparison.deadlines,
      ({ due, time, task }) => `${dueWords(due)}${time ? ` ${time}` : ''}　${task}`,
    ),
    ['calendar', '期限衔接', checks.length, <CalendarChecks key="calendar" checks={checks} />],
    aligned('targets', '目标', comparison.targets, (target) => target.text),
    aligned('contacts', '联系人', comparison.contacts, (one) =>
      [one.unit, one.name, ...one.phones, ...one.emails, one.fax].filter(Boolean).join('　'),
    ),
    [
      'tables',
      '表格',
      comparison.tables.length,
      <AxisChanges key="tables" tables={comparison.tables} onlyDifferences={onlyDifferences} />,
    ],
    aligned('sections', '层次', comparison.sections, (section) =>
      [`${section.number ?? ''}${section.title ?? ''}`, section.text].filter(Boolean).join('\n'),
    ),
  ] as const;
  return (
    <Card>
      <div className="compare-bar">
        <Space size="large" wrap aria-label="检查重点的变化">
          {kinds.map((kind) => (
            <span key={kind}>
              <span className={`change change-${kind}`}>{changeWords[kind]}</span> {comparison.summary[kind]} 项
            </span>
          ))}
        </Space>
        <Space wrap>
          <Switch aria-label="只看不同" checked={onlyDifferences} onChange={setOnlyDifferences} />
          只看不同
          <Button onClick={nextDifference}>下一处不同</Button>
          <Button href={download('xlsx')}>下载 Excel</Button>
          <Button href={download('docx')}>下载 Word</Button>
          <Button href={download('html')}>下载网页</Button>
        </Space>
      </div>
      {calendar.map((finding) => (
        <Alert key={finding.message} type="warning" showIcon title={finding.message} className="compare-alert" />
      ))}
      <Tabs items={parts.map(([key, name, count, children]) => ({ key, label: `${name} ${count}`, children }))} />
    </Card>
  );
}

/** Leads to the next row that differs, and from the last to the first. */
function nextDifference(): void {
  const rows = [...document.querySelectorAll<HTMLElement>('.ant-tabs-content-active .compare-row[data-differs]')];
  const now = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[(now + 1) % Math.max(1, rows.length)];
  next?.scrollIntoView({ block: 'center' });
  next?.focus();
}
