import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useSearchParams } from 'react-router';
import type { LibraryFile } from '../../../models/api/library.ts';
import { filesQuery } from '../api/queries.ts';
import { DeletedFiles } from './deletedFiles.tsx';
import { NoticeList } from './noticeList.tsx';
import { UnreadFiles } from './unreadFiles.tsx';

/** Changes what the address says; what has no value is left out. Another choice begins at the first page. */
export type SetSearch = (values: Readonly<Record<string, string | null | undefined>>) => void;

/** All that is in the library: notices, what waits, what could not be read, what was deleted. What is chosen stands in the address. */
export function LibraryPage() {
  const [search, setSearch] = useSearchParams();
  const view = search.get('view') ?? 'notices';
  const set: SetSearch = (values) => {
    const next = new URLSearchParams(search);
    if (!('page' in values)) next.delete('page');
    for (const [key, value] of Object.entries(values)) {
      if (value) next.set(key, value);
      else next.delete(key);
    }
    setSearch(next, { replace: true });
  };
  const waiting = useCount({ state: 'waiting' });
  const failed = useCount({ state: 'failed' });
  const deleted = useCount({ deleted: true });
  return (
    <>
      <h1>文件库</h1>
      <div className="filters">
        <Segmented
          aria-label="查看"
          value={view}
          // The conditions of the notices mean nothing elsewhere.
          onChange={(value) => setSearch(value === 'notices' ? {} : { view: value }, { replace: true })}
          options={[
            { value: 'notices', label: '公文' },
            { value: 'waiting', label: `等待读取${waiting}` },
            { value: 'failed', label: `读取失败${failed}` },
            { value: 'deleted', label: `已删除${deleted}` },
          ]}
        />
      </div>
      {view === 'waiting' || view === 'failed' ? (
        <UnreadFiles key={view} state={view} />
      ) : view === 'deleted' ? (
        <DeletedFiles />
      ) : (
        <NoticeList search={search} set={set} />
      )}
    </>
  );
}

/** How many there are, to stand behind a word; nothing where there are none. */
function useCount(which: { readonly state?: LibraryFile['state']; readonly deleted?: boolean }): string {
  const files = useQuery({ ...filesQuery({ ...which, limit: 1 }), refetchInterval: 15_000 });
  const { total = 0 } = files.data ?? {};
  return total === 0 ? '' : ` ${total}`;
}
