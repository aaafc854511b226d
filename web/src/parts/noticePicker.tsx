import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type UIEvent, useDeferredValue, useEffect, useState } from 'react';
import type { NoticeSummary } from '../../../models/api/library.ts';
import { fileQuery, foundNoticesQuery } from '../api/queries.ts';
import { noticeKey } from './noticeKey.ts';

interface NoticePickerProps {
  readonly label: string;
  /** `<file id>.<notice id>`, or null. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly accept?: (notice: NoticeSummary) => boolean;
}

/** Picks a notice of the library by words from its text, typed while it searches; further ones come as the list is scrolled. */
export function NoticePicker({ label, value, onChange, accept = () => true }: NoticePickerProps) {
  const [words, setWords] = useState('');
  const notices = useInfiniteQuery(foundNoticesQuery(useDeferredValue(words.trim())));
  const options = (notices.data?.pages ?? [])
    .flatMap((page) => page.items)
    .filter(accept)
    .map((notice) => ({
      value: noticeKey(notice),
      title: notice.title ?? notice.fileName,
      label: [notice.title ?? notice.fileName, notice.documentNumber ?? notice.issuingBody].filter(Boolean).join('　'),
    }));
  // Where few of a page are accepted the list is too short to be scrolled.
  const { data, hasNextPage, isFetching, fetchNextPage } = notices;
  const isShort = options.length < 10 && (data?.pages.length ?? 0) < 10;
  useEffect(() => {
    if (isShort && hasNextPage && !isFetching) fetchNextPage();
  }, [isShort, hasNextPage, isFetching, fetchNextPage]);
  // What was chosen elsewhere, or before the last search, still has a name.
  const isListed = value === null || options.some((option) => option.value === value);
  const chosen = useQuery({ ...fileQuery(value?.split('.')[0] ?? ''), enabled: !isListed });
  const shown = isListed ? options : [{ value, title: '', label: chosen.data?.fileName ?? '…' }, ...options];
  const more = ({ currentTarget: { scrollTop, clientHeight, scrollHeight } }: UIEvent<HTMLElement>) => {
    const isNearEnd = scrollTop + clientHeight > scrollHeight - clientHeight;
    if (isNearEnd && hasNextPage && !isFetching) fetchNextPage();
  };
  const total = data?.pages[0]?.total ?? 0;
  return (
    <Select
      className="notice-picker"
      aria-label={label}
      placeholder={label}
      showSearch={{ filterOption: false, onSearch: setWords }}
      allowClear
      loading={isFetching}
      value={value}
      options={shown}
      notFoundContent={isFetching ? '正在查找…' : '没有找到'}
      onPopupScroll={more}
      popupRender={(list) => (
        <>
          {list}
          {hasNextPage && <p className="notice-picker-more">共 {total} 份；键入标题、文号或正文中的字词可缩小范围</p>}
        </>
      )}
      onChange={(next: string | null | undefined) => onChange(next ?? null)}
    />
  );
}
