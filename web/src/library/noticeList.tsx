import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Empty, Grid, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { NoticeSummary } from '../../../models/api/library.ts';
import { noticesQuery } from '../api/queries.ts';
import { noticeKey } from '../parts/noticeKey.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { BulkActions } from './bulkActions.tsx';
import type { SetSearch } from './libraryPage.tsx';
import { noticeColumns } from './noticeColumns.tsx';
import { NoticeFilters } from './noticeFilters.tsx';

const sizes = [20, 50, 100] as const;

/** The notices: filtered, sorted, searched and paged by the server. */
export function NoticeList({ search, set }: { readonly search: URLSearchParams; readonly set: SetSearch }) {
  const isWide = Grid.useBreakpoint().md !== false;
  // Kept from page to page, with what is needed to speak of them.
  const [chosen, setChosen] = useState<ReadonlyMap<string, NoticeSummary>>(new Map());
  const page = Math.max(1, Number(search.get('page')) || 1);
  const size = sizes.find((one) => one === Number(search.get('size'))) ?? sizes[0];
  const words = search.get('q') ?? '';
  const sort = search.get('sort') ?? 'issueDate';
  const order = search.get('order') === 'asc' ? 'asc' : 'desc';
  const filters = ['level', 'region', 'documentType', 'campaign', 'issuedFrom', 'issuedTo', 'finding'];
  const notices = useQuery({
    ...noticesQuery({
      q: words,
      ...Object.fromEntries(filters.map((key) => [key, search.get(key)])),
      sort,
      order,
      limit: size,
      offset: (page - 1) * size,
    }),
    placeholderData: keepPreviousData,
  });
  const items = notices.data?.items ?? [];
  const isNarrowed = words !== '' || filters.some((key) => search.get(key));
  return (
    <>
      <NoticeFilters search={search} set={set} />
      {chosen.size > 0 && <BulkActions chosen={[...chosen.values()]} onDone={() => setChosen(new Map())} />}
      {notices.isError ? (
        <ProblemAlert error={notices.error} onRetry={() => notices.refetch()} />
      ) : (
        <Table<NoticeSummary>
          className="library"
          rowKey={noticeKey}
          columns={noticeColumns({ isWide, words, sort, order })}
          dataSource={[...items]}
          loading={notices.isFetching && notices.data === undefined}
          {...(isWide && { scroll: { x: 1180 } })}
          size="middle"
          showSorterTooltip={false}
          locale={{ emptyText: <NoNotices searched={isNarrowed} /> }}
          rowSelection={{
            columnWidth: 40,
            selectedRowKeys: [...chosen.keys()],
            getCheckboxProps: (notice) => ({ name: notice.title ?? notice.fileName, 'aria-label': '选择' }),
            getTitleCheckboxProps: () => ({ 'aria-label': '选择本页全部' }),
            onChange: (keys) => {
              const known = new Map([...chosen, ...items.map((notice) => [noticeKey(notice), notice] as const)]);
              setChosen(
                new Map(
                  keys.flatMap((key) => {
                    const notice = known.get(String(key));
                    return notice === undefined ? [] : [[String(key), notice] as const];
                  }),
                ),
              );
            },
            preserveSelectedRowKeys: true,
          }}
          pagination={{
            current: page,
            pageSize: size,
            total: notices.data?.total ?? 0,
            pageSizeOptions: [...sizes],
            showSizeChanger: isWide,
            simple: !isWide,
            showTotal: (total) => `共 ${total} 件`,
          }}
          onChange={(pagination, _filters, sorter, { action }) => {
            if (action === 'paginate') {
              const isResized = pagination.pageSize !== size;
              set({
                page: isResized ? null : String(pagination.current ?? 1),
                size: pagination.pageSize === sizes[0] ? null : String(pagination.pageSize),
              });
            } else if (!Array.isArray(sorter)) {
              set({ sort: String(sorter.columnKey), order: sorter.order === 'ascend' ? 'asc' : 'desc' });
            }
          }}
        />
      )}
    </>
  );
}

function NoNotices({ searched }: { readonly searched: boolean }) {
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={searched ? '没有符合条件的公文' : '库中还没有公文'}>
      {searched ? <Link to="/library">清除条件</Link> : <Link to="/upload">上传公文</Link>}
    </Empty>
  );
}
