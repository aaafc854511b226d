import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Empty, Input, Skeleton, Space, Tag } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { FormModel } from '../../../models/index.ts';
import { addressOf } from '../api/ask.ts';
import { formsQuery } from '../api/queries.ts';
import { NoticePicker } from '../parts/noticePicker.tsx';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { TableGrid } from '../parts/tableGrid.tsx';
import { dueWords } from '../words.ts';

const periodPattern = /^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4]|-H[12]|-W([0-4]\d|5[0-3]))?$/;

/** The blank forms that a notice prescribes: preview, and download as a workbook or a document. */
export function TemplatesPage() {
  const { fileId, noticeId } = useParams();
  const navigate = useNavigate();
  return (
    <>
      <h1>报表模板</h1>
      <div className="filters">
        <NoticePicker
          label="选择带报表的公文"
          value={fileId && noticeId ? `${fileId}.${noticeId}` : null}
          accept={(notice) => notice.counts.attachments > 0}
          onChange={(value) => navigate(value === null ? '/templates' : `/templates/${value.replace('.', '/')}`)}
        />
        {fileId && noticeId && <Link to={`/files/${fileId}/${noticeId}?tab=attachments`}>看原文</Link>}
      </div>
      {fileId && noticeId ? (
        <Forms key={`${fileId}/${noticeId}`} fileId={fileId} noticeId={noticeId} />
      ) : (
        <Card>
          <Empty description="请选择一份附有统计表的公文，这里会给出可以直接下发填报的空表" />
        </Card>
      )}
    </>
  );
}

function Forms({ fileId, noticeId }: { readonly fileId: string; readonly noticeId: string }) {
  const [period, setPeriod] = useState('');
  const [unit, setUnit] = useState('');
  const isPeriod = period === '' || periodPattern.test(period);
  const query = { period: isPeriod ? period : '', unit: unit.trim() };
  const forms = useQuery({ ...formsQuery(fileId, noticeId, query), placeholderData: keepPreviousData });
  const download = (format: string, table?: number) =>
    addressOf(`/api/files/${fileId}/notices/${noticeId}/forms/download`, { ...query, format, table });
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
          status={isPeriod ? '' : 'error'}
          placeholder="如 2025-06"
          aria-describedby="period-help"
          onChange={(event) => setPeriod(event.target.value.trim().toUpperCase())}
        />
        <label htmlFor="unit">填报单位</label>
        <Input
          id="unit"
          className="filter-unit"
          value={unit}
          maxLength={100}
          placeholder="可不填"
          onChange={(event) => setUnit(event.target.value)}
        />
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
      </Space>
      <div className="campaigns">
        {models.map((form) => (
          <FormCard
            key={form.identity.tableNumber}
            form={form}
            xlsx={download('xlsx', form.identity.tableNumber)}
            docx={download('docx', form.identity.tableNumber)}
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

function FormCard({ form, xlsx, docx }: { readonly form: FormModel; readonly xlsx: string; readonly docx: string }) {
  const cells = form.grid.cells.map((cell) => ({
    ...cell,
    text: cell.use === 'total' && cell.text === '' ? '自动合计' : cell.text,
    className: cell.use === 'open' ? 'grid-open' : cell.use === 'total' ? 'grid-total' : '',
  }));
  const open = form.grid.cells.filter((cell) => cell.use === 'open').length;
  return (
    <Card
      title={<h2 className="card-title">{form.title}</h2>}
      extra={
        <Space>
          <a href={xlsx}>Excel</a>
          <a href={docx}>Word</a>
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
      {form.fields.length > 0 && (
        <p>
          {form.fields.map((field) => (
            <span key={field.label} className="form-field">
              {field.label}
              {field.value ?? '________'}
            </span>
          ))}
        </p>
      )}
      <TableGrid caption={null} rowCount={form.grid.rowCount} cells={cells} />
      {form.lines.map((line) => (
        <p key={line.text} className="fact-small">
          {line.text}
        </p>
      ))}
      {form.diagnostics.map((one) => (
        <Alert key={one.message} type="warning" showIcon title={one.message} />
      ))}
    </Card>
  );
}
