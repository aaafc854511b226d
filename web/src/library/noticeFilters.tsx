import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { addressOf } from '../api/ask.ts';
import { facetsQuery } from '../api/queries.ts';
import { levelWords } from '../words.ts';
import type { SetSearch } from './libraryPage.tsx';
import { SavedFilters } from './savedFilters.tsx';

const levels = Object.entries(levelWords).map(([value, label]) => ({ value, label }));
const findingChoices = [
  { value: 'error', label: '有错误' },
  { value: 'warning', label: '有错误或存疑' },
  { value: 'info', label: '有任何疑点' },
];

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** By what the notices are narrowed down. */
export function NoticeFilters({ search, set }: { readonly search: URLSearchParams; readonly set: SetSearch }) {
  const facets = useQuery(facetsQuery);
  const words = search.get('q') ?? '';
  // What narrows the list down narrows what is taken along; how it is sorted and paged does not.
  const conditions = [...search].filter(([key]) => !['page', 'size', 'sort', 'order', 'view'].includes(key));
  const { regions = [], documentTypes = [], campaigns = [] } = facets.data ?? {};
  const menu = (key: string, label: string, choices: readonly Choice[], className = 'filter') => (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      className={className}
      popupMatchSelectWidth={false}
      options={withChosen(choices, search.get(key))}
      value={search.get(key)}
      onChange={(value: string | null | undefined) => set({ [key]: value })}
    />
  );
  return (
    <search className="filters">
      <Input.Search
        key={words}
        className="filter-words"
        aria-label="全文检索"
        placeholder="全文检索：词语 &quot;短语&quot; -排除"
        defaultValue={words}
        maxLength={200}
        allowClear
        enterButton="查找"
        onSearch={(value) => set({ q: value.trim() })}
      />
      {menu('level', '层级', levels, 'filter-short')}
      {menu(
        'region',
        '行政区划',
        regions.map(({ code, name, count }) => ({ value: code, label: `${name}（${count}）` })),
      )}
      {menu(
        'documentType',
        '文种',
        documentTypes.map(({ value, count }) => ({ value, label: `${value}（${count}）` })),
        'filter-short',
      )}
      {menu(
        'campaign',
        '专项行动',
        campaigns.map(({ value, count }) => ({ value, label: `${value}（${count}）` })),
        'filter-wide',
      )}
      {menu('finding', '疑点', findingChoices)}
      <span className="filter-range">
        <label htmlFor="issued-from">成文日期</label>
        <Input
          id="issued-from"
          type="date"
          className="filter-date"
          value={search.get('issuedFrom') ?? ''}
          aria-label="成文日期，从"
          onChange={(event) => set({ issuedFrom: event.target.value })}
        />
        <label htmlFor="issued-to">至</label>
        <Input
          id="issued-to"
          type="date"
          className="filter-date"
          value={search.get('issuedTo') ?? ''}
          aria-label="成文日期，到"
          onChange={(event) => set({ issuedTo: event.target.value })}
        />
      </span>
      <Button href={addressOf('/api/export', { format: 'xlsx', ...Object.fromEntries(conditions) })}>导出 Excel</Button>
      <SavedFilters search={search} />
    </search>
  );
}

/** What the address names is shown by name even where no notice has it any more. */
function withChosen(choices: readonly Choice[], chosen: string | null): Choice[] {
  const isListed = chosen === null || choices.some((choice) => choice.value === chosen);
  return isListed ? [...choices] : [{ value: chosen, label: chosen }, ...choices];
}
