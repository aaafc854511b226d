import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { NoticeSummary } from '../../../models/api/library.ts';
import { addressOf, ask } from '../api/ask.ts';
import { noticeKey } from '../parts/noticeKey.ts';
import { errorWords } from '../problemWords.ts';

/** So many an address can name. */
const mostNamed = 200;

/** What can be done with the notices that were chosen. */
export function BulkActions({
  chosen,
  onDone,
}: {
  readonly chosen: readonly NoticeSummary[];
  readonly onDone: () => void;
}) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const files = [...new Set(chosen.map((notice) => notice.fileId))];
  const [first, second] = chosen;
  const named = chosen.map(noticeKey).join(',');
  /** One after the other: what fails is counted, the others are done. */
  const each = async (request: (fileId: string) => Promise<unknown>, done: (count: number) => string) => {
    setBusy(true);
    let count = 0;
    let failure: unknown;
    for (const fileId of files) {
      try {
        await request(fileId);
        count += 1;
      } catch (error) {
        failure = error;
      }
    }
    setBusy(false);
    for (const key of ['notices', 'files', 'upcoming', 'jobs']) client.invalidateQueries({ queryKey: [key] });
    if (count > 0) message.success(done(count));
    if (failure !== undefined) message.error(`${files.length - count} 个文件没有办成：${errorWords(failure).what}`);
    onDone();
  };
  return (
    <section className="bulk" aria-label="对选中公文的操作">
      <strong>已选 {chosen.length} 件</strong>
      <Space wrap>
        <Button
          disabled={chosen.length !== 2 || first === undefined || second === undefined}
          title="选中两件时可用"
          onClick={() => first && second && navigate(`/compare?left=${noticeKey(first)}&right=${noticeKey(second)}`)}
        >
          比对
        </Button>
        <Button
          disabled={chosen.length < 2}
          title="选中两件以上时可用：层级最高的一件对其余各件"
          onClick={() => navigate(matrixOf(chosen))}
        >
          覆盖矩阵
        </Button>
        <Button
          disabled={chosen.length !== 1 || first === undefined}
          title="选中一件时可用"
          onClick={() => first && navigate(`/templates/${first.fileId}/${first.noticeId}`)}
        >
          报表模板
        </Button>
        <Button
          href={addressOf('/api/export', { format: 'xlsx', ids: named })}
          disabled={chosen.length > mostNamed}
          title={`最多 ${mostNamed} 件`}
        >
          导出 Excel
        </Button>
        <Button
          href={addressOf('/api/export', { format: 'zip', ids: named })}
          disabled={chosen.length > mostNamed}
          title={`最多 ${mostNamed} 件`}
        >
          下载原件
        </Button>
        <Button
          loading={busy}
          onClick={() =>
            each(
              (fileId) => ask(`/api/files/${fileId}/extraction`, {}, { method: 'POST' }),
              (count) => `${count} 个文件已重新排队读取`,
            )
          }
        >
          重新读取
        </Button>
        <Popconfirm
          title={`删除 ${files.length} 个文件？`}
          description="期限内可以在“已删除”中恢复。"
          okText="删除"
          cancelText="取消"
          onConfirm={() =>
            each(
              (fileId) => ask(`/api/files/${fileId}`, {}, { method: 'DELETE' }),
              (count) => `已删除 ${count} 个文件，期限内可以恢复`,
            )
          }
        >
          <Button danger disabled={busy}>
            删除
          </Button>
        </Popconfirm>
        <Button type="link" onClick={onDone}>
          取消选择
        </Button>
      </Space>
    </section>
  );
}

const levels = ['national', 'provincial', 'prefectural', 'county', 'township'] as const;

/** The matrix of the notice of the highest level against the others. */
function matrixOf(chosen: readonly NoticeSummary[]): string {
  const rank = ({ administrativeLevel }: NoticeSummary) =>
    administrativeLevel === null ? levels.length : levels.indexOf(administrativeLevel);
  const [upper, ...lower] = chosen.toSorted((a, b) => rank(a) - rank(b));
  const search = new URLSearchParams(lower.map((notice) => ['lower', noticeKey(notice)]));
  search.set('by', 'pick');
  if (upper !== undefined) search.set('upper', noticeKey(upper));
  return `/matrix?${search}`;
}
