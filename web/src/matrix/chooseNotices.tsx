import { useQuery } from '@tanstack/react-query';
import { Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { NewMatrix } from '../../../models/api/matrix.ts';
import type { AdministrativeLevel } from '../../../models/index.ts';
import { campaignQuery, campaignsQuery, facetsQuery, noticesQuery } from '../api/queries.ts';
import { nameOf, nodesOf } from '../campaign/cascade.ts';
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
export function wantedOf(search: URLSearchParams, campaign: string | null): NewMatrix | null {
  const upper = search.get('upper');
  const way = wayOf(search);
  const level = search.get('level');
  if (way === 'campaign') {
    const year = Number(search.get('year'));
    if (campaign === null || !/^c\d+$/.test(campaign)) return null;
    return {
      campaign,
      lowers: [],
      ...(upper === null ? {} : { upper }),
      ...(year > 0 ? { year } : {}),
      ...(isLevel(level) ? { level } : {}),
    };
  }
  if (upper === null) return null;
  if (way === 'pick') {
    const lowers = search.getAll('lower');
    return lowers.length === 0 ? null : { upper, lowers };
  }
  const [region, q] = [search.get('region'), search.get('q')];
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
export function ChooseNotices({ search, campaign, set }: ChoiceProps) {
  const way = wayOf(search);
  return (
    <search className="matrix-choose">
      <div className="matrix-side">
        <span className="matrix-label">上级公文</span>
        {way === 'campaign' ? (
          <UpperOfCampaign search={search} campaign={campaign} set={set} />
        ) : (
          <NoticePicker label="上级公文" value={search.get('upper')} onChange={(upper) => set({ upper })} />
        )}
      </div>
      <div className="matrix-side">
        <span className="matrix-label">下级公文</span>
        <Segmented<Way>
          aria-label="下级公文的选法"
          value={way}
          onChange={(by) => set({ by })}
          options={ways.map((one) => ({ ...one }))}
        />
        {way === 'campaign' && <CampaignChoice search={search} campaign={campaign} set={set} />}
        {way === 'filter' && <FilterChoice search={search} set={set} />}
        {way === 'pick' && <LowerPicker chosen={search.getAll('lower')} onChange={(lower) => set({ lower })} />}
      </div>
    </search>
  );
}

/** The campaign that is chosen, or that of the upper notice with which somebody comes. */
export function useCampaign(search: URLSearchParams): string | null {
  const [upper, chosen] = [search.get('upper'), search.get('campaign')];
  const isAsked = upper !== null && wayOf(search) === 'campaign' && chosen === null;
  const found = useQuery({ ...campaignsQuery({ notice: upper ?? '', limit: 1 }), enabled: isAsked });
  return chosen ?? (isAsked ? (found.data?.items[0]?.campaignId ?? null) : null);
}

interface ChoiceProps {
  readonly search: URLSearchParams;
  /** Number of the campaign. */
  readonly campaign: string | null;
  readonly set: SetSearch;
}

/** A campaign, by its number: several may have one name. */
function CampaignChoice({ search, campaign: campaignId, set }: ChoiceProps) {
  const [words, setWords] = useState('');
  const found = useQuery(campaignsQuery({ q: words.trim(), limit: 100 }));
  const listed = (found.data?.items ?? []).filter(({ members }) => members > 1);
  const chosen = useQuery({ ...campaignQuery(campaignId ?? ''), enabled: campaignId !== null }).data;
  // What was chosen elsewhere, or before the last search, still has a name.
  const isListed = chosen === undefined || listed.some((one) => one.campaignId === chosen.campaignId);
  const options = (isListed ? listed : [chosen, ...listed]).map((one) => ({
    value: one.campaignId,
    label: [one.name, one.years.join('、'), `${one.members} 件`].filter(Boolean).join('　'),
  }));
  return (
    <>
      <Select
        aria-label="专项行动"
        placeholder="专项行动"
        className="matrix-campaign"
        showSearch={{ filterOption: false, onSearch: setWords }}
        allowClear
        loading={found.isFetching}
        popupMatchSelectWidth={false}
        value={chosen?.campaignId ?? null}
        options={options}
        notFoundContent={found.isFetching ? '正在查找…' : '没有找到'}
        onChange={(campaign: string | null | undefined) => set({ campaign: campaign ?? null, upper: null, year: null })}
      />
      <LevelChoice search={search} set={set} />
    </>
  );
}

function LevelChoice({ search, set }: Omit<ChoiceProps, 'campaign'>) {
  return (
    <Select
      aria-label="层级"
      placeholder="层级"
      className="filter-short"
      allowClear
      value={search.get('level')}
      options={Object.entries(levelWords).map(([value, label]) => ({ value, label }))}
      onChange={(level: string | null | undefined) => set({ level: level ?? null })}
    />
  );
}

/** The notices of the campaign that others came of; without a choice the one of which most came. */
function UpperOfCampaign({ search, campaign: campaignId, set }: ChoiceProps) {
  const campaign = useQuery({ ...campaignQuery(campaignId ?? ''), enabled: campaignId !== null }).data;
  const notices = new Map(campaign?.notices.map((notice) => [notice.id, notice]));
  const options = (campaign?.editions ?? []).toReversed().flatMap(({ year, roots }) =>
    nodesOf(roots).flatMap(({ id, children }) => {
      const notice = notices.get(id);
      if (notice === undefined || children.length === 0) return [];
      const names = [year, nameOf(notice), notice.documentNumber ?? notice.issuingBody];
      return [{ value: id, label: names.filter(Boolean).join('　') }];
    }),
  );
  return (
    <Select
      className="notice-picker"
      aria-label="上级公文"
      placeholder="下级最多的一份"
      showSearch={{ optionFilterProp: 'label' }}
      allowClear
      popupMatchSelectWidth={false}
      value={search.get('upper')}
      options={options}
      onChange={(upper: string | null | undefined) => set({ upper: upper ?? null, year: null })}
    />
  );
}

function FilterChoice({ search, set }: Omit<ChoiceProps, 'campaign'>) {
  const { regions = [] } = useQuery(facetsQuery).data ?? {};
  const words = search.get('q') ?? '';
  return (
    <>
      <LevelChoice search={search} set={set} />
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
