import { useQuery } from '@tanstack/react-query';
import { Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { NewMatrix } from '../../../models/api/matrix.ts';
import type { AdministrativeLevel } from '../../../models/index.ts';
import { facetsQuery, noticesQuery } from '../api/queries.ts';
import { noticeKey } from '../parts/noticeKey.ts';
import { NoticePicker } from '../parts/noticePicker.tsx';
import { levelWords } from '../words.ts';

export type SetSearch = (values: Readonly<Record<string, string | readonly string[] | null>>) => void;

const ways = [
  { value: 'campaign', label: '同一专项行动' },
  { value: 'filter', label: '按条件' },
  { value: 'pick', label: '逐份选择' },
] as const;
type Way = (typeof ways)[number]['value'];

const isLevel = (value: string | null): value is AdministrativeLevel => value !== null && value in levelWords;
const wayOf = (search: URLSearchParams): Way =>
  ways.find(({ value }) => value === search.get('by'))?.value ?? 'campaign';

/** What the address asks for; null while something is still to be chosen. */
export function wantedOf(search: URLSearchParams): NewMatrix | null {
  const upper = search.get('upper');
  if (upper === null) return null;
  const way = wayOf(search);
  if (way === 'pick') {
    const lowers = search.getAll('lower');
    return lowers.length === 0 ? null : { upper, lowers };
  }
  if (way === 'campaign') {
    const campaign = search.get('campaign');
    return campaign === null ? null : { upper, lowers: [], campaign };
  }
  const [level, region, q] = [search.get('level'), search.get('region'), search.get('q')];
  if (level === null && region === null && q === null) return null;
  return {
    upper,
    lowers: [],
    ...(isLevel(level) ? { level } : {}),
    ...(region === null ? {} : { region }),
    ...(q === null ? {} : { q }),
  };
}

/** Which upper notice, and against which lower ones. */
export function ChooseNotices({ search, set }: { readonly search: URLSearchParams; readonly set: SetSearch }) {
  const way = wayOf(search);
  return (
    <search className="matrix-choose">
      <div className="matrix-side">
        <span className="matrix-label">上级公文</span>
        <NoticePicker label="上级公文" value={search.get('upper')} onChange={(upper) => set({ upper })} />
      </div>
      <div className="matrix-side">
        <span className="matrix-label">下级公文</span>
        <Segmented<Way>
          aria-label="下级公文的选法"
          value={way}
          onChange={(by) => set({ by })}
          options={ways.map((one) => ({ ...one }))}
        />
        {way === 'campaign' && <CampaignChoice search={search} set={set} />}
        {way === 'filter' && <FilterChoice search={search} set={set} />}
        {way === 'pick' && <LowerPicker chosen={search.getAll('lower')} onChange={(lower) => set({ lower })} />}
      </div>
    </search>
  );
}

function CampaignChoice({ search, set }: { readonly search: URLSearchParams; readonly set: SetSearch }) {
  const { campaigns = [] } = useQuery(facetsQuery).data ?? {};
  return (
    <Select
      aria-label="专项行动"
      placeholder="专项行动"
      className="matrix-campaign"
      showSearch={{ optionFilterProp: 'label' }}
      allowClear
      value={search.get('campaign')}
      options={campaigns.map(({ value, count }) => ({ value, label: `${value}（${count}）` }))}
      onChange={(campaign: string | null | undefined) => set({ campaign: campaign ?? null })}
    />
  );
}

function FilterChoice({ search, set }: { readonly search: URLSearchParams; readonly set: SetSearch }) {
  const { regions = [] } = useQuery(facetsQuery).data ?? {};
  const words = search.get('q') ?? '';
  return (
    <>
      <Select
        aria-label="层级"
        placeholder="层级"
        className="filter-short"
        allowClear
        value={search.get('level')}
        options={Object.entries(levelWords).map(([value, label]) => ({ value, label }))}
        onChange={(level: string | null | undefined) => set({ level: level ?? null })}
      />
      <Select
        aria-label="行政区划"
        placeholder="行政区划"
        className="filter"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        value={search.get('region')}
        options={regions.map(({ code, name, count }) => ({ value: code, label: `${name}（${count}）` }))}
        onChange={(region: string | null | undefined) => set({ region: region ?? null })}
      />
      <Input.Search
        key={words}
        aria-label="文中的词语"
        placeholder="文中的词语"
        className="matrix-words"
        defaultValue={words}
        maxLength={200}
        allowClear
        enterButton="查找"
        onSearch={(value) => set({ q: value.trim() === '' ? null : value.trim() })}
      />
    </>
  );
}

/** Any notices of the library, one by one. */
function LowerPicker({
  chosen,
  onChange,
}: {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}) {
  const [words, setWords] = useState('');
  const notices = useQuery(noticesQuery({ q: words.trim(), limit: 100 }));
  const options = (notices.data?.items ?? []).map((notice) => ({
    value: noticeKey(notice),
    label: [notice.title ?? notice.fileName, notice.documentNumber ?? notice.issuingBody].filter(Boolean).join('　'),
  }));
  return (
    <Select
      mode="multiple"
      className="matrix-lowers"
      aria-label="下级公文"
      placeholder="选择下级公文"
      showSearch={{ filterOption: false, onSearch: setWords }}
      loading={notices.isFetching}
      maxTagCount={3}
      maxTagTextLength={14}
      value={[...chosen]}
      options={options}
      notFoundContent={notices.isFetching ? '正在查找…' : '没有找到'}
      onChange={(next: string[]) => onChange(next)}
    />
  );
}
