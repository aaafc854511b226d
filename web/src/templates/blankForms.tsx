import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Input, Skeleton, Space, Tag } from 'antd';
import { useState } from 'react';
import type { FormModel } from '../../../models/index.ts';
import { addressOf } from '../api/ask.ts';
import { collectionQuery, collectionsQuery } from '../api/collectionQueries.ts';
import { formsQuery } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { TableGrid } from '../parts/tableGrid.tsx';
import { dueWords } from '../words.ts';
import { nearPeriods, periodPattern } from './periods.ts';

/** The blank forms of a notice: preview for a period and a unit, and download. */
export function BlankForms({ fileId, noticeId }: { readonly fileId: string; readonly noticeId: string }) {
  const [period, setPeriod] = useState('');
  const [unit, setUnit] = useState('');
  const isPeriod = period === '' || periodPattern.test(period);
  const query = { period: isPeriod ? period : '', unit: unit.trim() };
  const forms = useQuery({ ...formsQuery(fileId, noticeId, query), placeholderData: keepPreviousData });
  const collections = useQuery(collectionsQuery({ fileId, noticeId }));
  const collectionId = collections.data?.items[0]?.collectionId ?? 0;
  const collection = useQuery({ ...collectionQuery(collectionId), enabled: collectionId > 0 });
  const units = (collection.data?.units ?? []).filter((one) => one.reports);
  const download = (format: string, more: { readonly table?: number; readonly allUnits?: boolean } = {}) =>
    addressOf(`/api/files/${fileId}/notices/${noticeId}/forms/download`, { ...query, format, ...more });
  if (forms.isError) return <ProblemAlert error={forms.error} onRetry={() => forms.refetch()} />;
  if (forms.data === undefined) return <Skeleton active />;
  const { forms: models, textForms } = forms.data;
  if (models.length === 0 && textForms.length === 0) {
    return <Alert type="info" showIcon title="这份公文没有规定报表。" description="请确认带表格的附件在同一文件中。" />;
  }
  return (
    <>
      <div className="filters">
        <label htmlFor="period">报告期</label>
        <Input
          id="period"
          className="filter"
          value={period}
          list="near-periods"
          status={isPeriod ? '' : 'error'}
          placeholder="如 2025-06"
          aria-describedby="period-help"
          onChange={(event) => setPeriod(event.target.value.trim().toUpperCase())}
        />
        <datalist id="near-periods">
          {nearPeriods(models).map((near) => (
            <option key={near} value={near} />
          ))}
        </datalist>
        <label htmlFor="unit">填报单位</label>
        <Input
          id="unit"
          className="filter-unit"
          value={unit}
          list="unit-names"
          maxLength={100}
          placeholder="可不填"
          onChange={(event) => setUnit(event.target.value)}
        />
        <datalist id="unit-names">
          {units.slice(0, 500).map((one) => (
            <option key={one.name} value={one.name} />
          ))}
        </datalist>
        <span id="period-help" className={isPeriod ? 'faint' : 'upload-trouble'}>
          报告期的写法：2025-06、2025-Q2、2025-H1、2025-W23 或 2025
        </span>
      </div>
      <Space wrap className="downloads">
        {models.length > 0 && (
          <Button type="primary" href={download('xlsx')}>
            下载全部（Excel）
          </Button>
        )}
        <Button href={download('docx')}>下载全部（Word）</Button>
        {units.length > 0 && models.length > 0 && (
          <Button href={download('xlsx', { allUnits: true })}>各单位一份（{units.length} 个，ZIP）</Button>
        )}
      </Space>
      {units.length === 0 && (
        <p className="faint">在“收表汇总”中列出填报单位后，可以为每个单位各生成一份，单位名称已填好。</p>
      )}
      <div className="campaigns">
        {models.map((form) => (
          <FormCard
            key={form.identity.tableNumber}
            form={form}
            address={(format) => download(format, { table: form.identity.tableNumber })}
          />
        ))}
        {textForms.map((title) => (
          <Card key={title} title={<h2 className="card-title">{title}</h2>}>
            没有表格的范本，在“下载全部（Word）”中。
          </Card>
        ))}
      </div>
    </>
  );
}

const formats = [
  ['xlsx', 'Excel'],
  ['docx', 'Word'],
  ['csv', 'CSV'],
] as const;

function FormCard({ form, address }: { readonly form: FormModel; readonly address: (format: string) => string }) {
  const cells = form.grid.cells.map((cell) => ({
    ...cell,
    text: cell.use === 'total' && cell.text === '' ? '自动合计' : cell.text,
    className: cell.use === 'open' ? 'grid-open' : cell.use === 'total' ? 'grid-total' : '',
  }));
  const open = form.grid.cells.filter((cell) => cell.use === 'open').length;
  const approval = form.lines.filter((line) => line.use === 'approval');
  const below = form.lines.filter((line) => line.use !== 'approval');
  return (
    <Card
      title={<h2 className="card-title">{form.title}</h2>}
      extra={
        <Space>
          {formats.map(([format, name]) => (
            <a key={format} href={address(format)} aria-label={`${name} 下载${form.title}`}>
              {name}
            </a>
          ))}
        </Space>
      }
    >
      <p className="faint">
        <Tag>{form.kind === 'statistics' ? '统计表' : '表单'}</Tag>
        {[
          `填报 ${open} 格`,
          form.totals.length > 0 && `自动合计 ${form.totals.length} 格`,
          form.checks.length > 0 && `审核关系 ${form.checks.length} 条`,
          ...form.deadlines.map((deadline) => `报送期限 ${dueWords(deadline.due)}`),
        ]
          .filter(Boolean)
          .join('　')}
      </p>
      {approval.length > 0 && (
        <div className="form-approval">
          {approval.map((line) => (
            <div key={line.text}>{line.text}</div>
          ))}
        </div>
      )}
      <Fields fields={form.fields.filter((field) => field.labelRange.top < form.grid.top)} />
      <TableGrid caption={null} rowCount={form.grid.rowCount} cells={cells} />
      <Fields fields={form.fields.filter((field) => field.labelRange.top > form.grid.top)} />
      {below.map((line) => (
        <p key={line.text} className="fact-small">
          {line.text}
        </p>
      ))}
      {form.checks.length > 0 && (
        <details className="form-checks">
          <summary>审核关系（填报时不符会变红）</summary>
          <ul>
            {[...new Set(form.checks.map((check) => check.rule))].slice(0, 100).map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ul>
        </details>
      )}
      {form.diagnostics.map((one) => (
        <Alert key={one.message} type="warning" showIcon title={one.message} />
      ))}
    </Card>
  );
}

/** What is filled in beside the grid. */
function Fields({ fields }: { readonly fields: FormModel['fields'] }) {
  if (fields.length === 0) return null;
  return (
    <p>
      {fields.map((field) => (
        <span key={field.label} className="form-field">
          {field.label}
          {field.value ?? '________'}
        </span>
      ))}
    </p>
  );
}
