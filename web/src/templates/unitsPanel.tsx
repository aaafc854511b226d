import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, Space, Upload } from 'antd';
import { useState } from 'react';
import type { ReportingUnit } from '../../../models/index.ts';
import { ask } from '../api/ask.ts';
import { collectionKey, type UnitProposal } from '../api/collectionQueries.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';

type Units = { readonly units: readonly ReportingUnit[] };

/** The list of units as text to edit: one a line. */
export function UnitsPanel({ id, units }: { readonly id: number; readonly units: readonly ReportingUnit[] }) {
  const client = useQueryClient();
  const [text, setText] = useState(() => textOf(units));
  const [unresolved, setUnresolved] = useState<readonly string[]>([]);
  const save = useMutation({
    mutationFn: (file: Blob) => {
      const form = new FormData();
      form.append('files', file, file instanceof File ? file.name : '单位.csv');
      return ask<Units>(`/api/collections/${id}/units/file`, {}, { method: 'POST', body: form });
    },
    onSuccess: ({ units: saved }) => {
      setText(textOf(saved));
      client.invalidateQueries({ queryKey: collectionKey(id) });
      client.invalidateQueries({ queryKey: ['collections'] });
    },
  });
  const propose = useMutation({
    mutationFn: () => ask<UnitProposal>(`/api/collections/${id}/units/proposal`),
    onSuccess: (proposal) => {
      setUnresolved(proposal.unresolved);
      if (proposal.units.length > 0) setText(textOf(proposal.units));
    },
  });
  const reporting = units.filter((unit) => unit.reports).length;
  return (
    <>
      <p>
        每行一个单位：<code>单位名称,上级单位,代码,简称,是否填报</code>
        ，后四项可不填；只作汇总、本身不填报的单位，最后一项写“否”。
      </p>
      <Space wrap className="downloads">
        <Button loading={propose.isPending} onClick={() => propose.mutate()}>
          从主送机关推定
        </Button>
        <Upload
          accept=".csv,.txt,.xlsx"
          showUploadList={false}
          beforeUpload={(file) => {
            save.mutate(file);
            return false;
          }}
        >
          <Button>上传名单（CSV、Excel）</Button>
        </Upload>
      </Space>
      {propose.isError && <ProblemAlert error={propose.error} />}
      {propose.isSuccess && (
        <Alert
          type={unresolved.length > 0 || propose.data.units.length === 0 ? 'warning' : 'info'}
          showIcon
          role="status"
          title={
            propose.data.units.length > 0
              ? '已按主送机关和行政区划列出，请核对、增删后保存。'
              : '主送机关没有写出具体单位，请自行列出。'
          }
          description={unresolved.length > 0 ? `以下各项列不出具体单位，请补充：${unresolved.join('、')}` : undefined}
        />
      )}
      <label htmlFor="units-text" className="facts-heading">
        填报单位（已保存 {reporting} 个）
      </label>
      <Input.TextArea
        id="units-text"
        className="units-text"
        value={text}
        rows={Math.min(24, Math.max(8, text.split('\n').length + 1))}
        onChange={(event) => setText(event.target.value)}
      />
      <Space className="upload-more">
        <Button
          type="primary"
          loading={save.isPending}
          disabled={text.trim() === ''}
          onClick={() => save.mutate(new Blob([withHeading(text)]))}
        >
          保存名单
        </Button>
        {save.isSuccess && (
          <span role="status">已保存，应填报 {save.data.units.filter((unit) => unit.reports).length} 个单位。</span>
        )}
      </Space>
      {save.isError && <ProblemAlert error={save.error} />}
    </>
  );
}

const heading = '单位名称,上级单位,代码,简称,是否填报';

/** Lines without a heading would be read as names and parents alone. */
function withHeading(text: string): string {
  return /^\s*(单位)?名称\s*[,，\t]/.test(text)
    ? text.replaceAll('，', ',')
    : `${heading}\n${text.replaceAll('，', ',')}`;
}

function textOf(units: readonly ReportingUnit[]): string {
  const quoted = (value: string) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return units
    .map((unit) =>
      [unit.name, unit.parent ?? '', unit.code ?? '', unit.aliases.join('、'), unit.reports ? '' : '否']
        .map(quoted)
        .join(',')
        .replace(/,+$/, ''),
    )
    .join('\n');
}
