import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select, Upload } from 'antd';
import { useState } from 'react';
import type { TakenReturn } from '../../../models/api/collection.ts';
import { periodText } from '../../../models/periodText.ts';
import { addressOf, ask } from '../api/ask.ts';
import { collectionKey } from '../api/collectionQueries.ts';
import { errorWords, problemWords } from '../problemWords.ts';
import { IssueList } from './issueList.tsx';
import type { PanelProps } from './panelProps.ts';
import { codeWords } from './unitDrawer.tsx';

interface Sent {
  readonly key: string;
  readonly fileName: string;
  readonly result: TakenReturn | null;
  readonly error: unknown;
}

const outcomeWords = { taken: '已收下', rejected: '已退回', unchanged: '以前收过', refused: '读不了' } as const;

const sentResult = (result: TakenReturn) => ({ fileName: result.fileName, result, error: null });

/** Sends one after another, so that each is answered as soon as it is read. */
let last: Promise<unknown> = Promise.resolve();

/** Takes in what the units sent back, and says at once what is wrong with each file. */
export function UploadPanel({ id, table }: PanelProps) {
  const client = useQueryClient();
  const [period, setPeriod] = useState('');
  const [day, setDay] = useState('');
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const query = {
    period,
    // On that morning, in Beijing time.
    receivedAt: day === '' || day === today() ? null : `${day}T09:00:00+08:00`,
  };
  const refresh = () => {
    client.invalidateQueries({ queryKey: collectionKey(id) });
    client.invalidateQueries({ queryKey: ['collections'] });
  };
  const send = (file: File) => {
    const key = `${Date.now()}-${Math.random()}`;
    setSent((before) => [{ key, fileName: file.name, result: null, error: null }, ...before]);
    last = last.then(async () => {
      const form = new FormData();
      form.append('files', file);
      try {
        const { items } = await ask<{ readonly items: readonly TakenReturn[] }>(
          addressOf(`/api/collections/${id}/returns`, query),
          {},
          { method: 'POST', body: form },
        );
        // Of an archive one result for each file in it.
        const results = items.map((result, index) => ({ ...sentResult(result), key: `${key}-${index}` }));
        setSent((before) => before.flatMap((one) => (one.key === key ? results : [one])));
        refresh();
      } catch (error) {
        setSent((before) => before.map((one) => (one.key === key ? { ...one, error } : one)));
      }
    });
  };
  const recheck = useMutation({
    mutationFn: () =>
      ask<{ readonly items: readonly TakenReturn[] }>(
        addressOf(`/api/collections/${id}/returns/recheck`, { period }),
        {},
        { method: 'POST' },
      ),
    onSuccess: ({ items }) => {
      setSent((before) => [
        ...items.map((result, index) => ({ ...sentResult(result), key: `${Date.now()}-${index}` })),
        ...before,
      ]);
      refresh();
    },
  });
  return (
    <>
      <div className="returns-bar">
        <span>报告期</span>
        <Select
          className="filter-unit"
          aria-label="报送的报告期"
          value={period}
          options={[
            { value: '', label: '以表上填写的为准' },
            ...table.periods.toReversed().map((value) => ({ value, label: `只收 ${periodText(value)}` })),
          ]}
          onChange={setPeriod}
        />
        <label htmlFor="received-on">收到日期</label>
        <Input
          id="received-on"
          className="filter"
          type="date"
          value={day}
          max={today()}
          onChange={(event) => setDay(event.target.value)}
        />
        <span className="faint">不填即现在；迟报按收到的时间算</span>
      </div>
      <Upload.Dragger
        multiple
        accept=".xlsx,.csv,.xls,.et,.ods,.zip"
        showUploadList={false}
        beforeUpload={(file) => {
          send(file);
          return false;
        }}
      >
        <p className="drop-title">把各单位报回的表拖到这里，或点击选择</p>
        <p className="faint">
          可一次放入多个文件：.xlsx、.csv，旧版 Excel 或 WPS 的 .xls、.et，或装有这些文件的压缩包
          .zip。同一文件重复上传不会重复计算。
        </p>
      </Upload.Dragger>
      <div className="returns-bar upload-more">
        <Button loading={recheck.isPending} onClick={() => recheck.mutate()}>
          重新核对退回的报送
        </Button>
        <span className="faint">补齐单位名单或启用新版表样之后使用</span>
        {recheck.isSuccess && recheck.data.items.length === 0 && <span role="status">没有退回的报送。</span>}
        {recheck.isError && <span className="upload-trouble">{errorWords(recheck.error).what}</span>}
      </div>
      <ul className="uploads" aria-label="报送的文件">
        {sent.map((one) => (
          <li key={one.key}>
            <SentFile sent={one} />
          </li>
        ))}
      </ul>
    </>
  );
}

function SentFile({ sent: { fileName, result, error } }: { readonly sent: Sent }) {
  const words = error !== null ? errorWords(error) : result?.problem ? problemWords(result.problem) : null;
  const outcome = error !== null ? 'refused' : (result?.outcome ?? null);
  return (
    <>
      <div className="returns-bar">
        <span className="upload-name">{fileName}</span>
        <span role="status">
          {outcome === null ? '正在核对…' : <span className={`status status-${outcome}`}>{outcomeWords[outcome]}</span>}
        </span>
        {result?.sheets.map((sheet) => (
          <span key={sheet.sheet} className="faint">
            {[
              sheet.unit ?? '单位不明',
              sheet.period === null ? '报告期不明' : periodText(sheet.period),
              sheet.codes.map(codeWords).join('、'),
            ]
              .filter(Boolean)
              .join('　')}
          </span>
        ))}
      </div>
      {words !== null && (
        <p className="upload-trouble" role="alert">
          {words.what}
          {words.todo}
        </p>
      )}
      <IssueList issues={result?.issues ?? []} />
    </>
  );
}

function today(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
}
