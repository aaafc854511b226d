import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import type { NoticeSummary } from '../../../models/api/library.ts';
import { fileQuery, noticesQuery } from '../api/queries.ts';
import { noticeKey } from './noticeKey.ts';

interface NoticePickerProps {
  readonly label: string;
  /** `<file id>.<notice id>`, or null. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly accept?: (notice: NoticeSummary) => boolean;
}

/** Picks a notice of the library by words from its text. */
export function NoticePicker({ label, value, onChange, accept = () => true }: NoticePickerProps) {
  const [words, setWords] = useState('');
  const notices = useQuery(noticesQuery({ q: words.trim(), limit: 100 }));
  const options = (notices.data?.items ?? []).filter(accept).map((notice) => ({
    value: noticeKey(notice),
    title: notice.title ?? notice.fileName,
    label: [notice.title ?? notice.fileName, notice.documentNumber ?? notice.issuingBody].filter(Boolean).join('　'),
  }));
  // What was chosen elsewhere, or before the last search, still has a name.
  const isListed = value === null || options.some((option) => option.value === value);
  const chosen = useQuery({ ...fileQuery(value?.split('.')[0] ?? ''), enabled: !isListed });
  const shown = isListed ? options : [{ value, title: '', label: chosen.data?.fileName ?? '…' }, ...options];
  return (
    <Select
      className="notice-picker"
      aria-label={label}
      placeholder={label}
      showSearch={{ filterOption: false, onSearch: setWords }}
      allowClear
      loading={notices.isFetching}
      value={value}
      options={shown}
      notFoundContent={notices.isFetching ? '正在查找…' : '没有找到'}
      onChange={(next: string | null | undefined) => onChange(next ?? null)}
    />
  );
}
