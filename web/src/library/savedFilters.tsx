import { Button, Input, Popover, Space } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useStored } from '../parts/useStored.ts';

interface Saved {
  readonly name: string;
  readonly search: string;
}

/** Conditions that this browser keeps under a name. */
export function SavedFilters({ search }: { readonly search: URLSearchParams }) {
  const [saved, setSaved] = useStored<readonly Saved[]>('hongtou.filters', []);
  const [name, setName] = useState('');
  const [isOpen, setOpen] = useState(false);
  const now = conditionsOf(search);
  const save = () => {
    const given = name.trim();
    if (given === '') return;
    setSaved([...saved.filter((one) => one.name !== given), { name: given, search: now }]);
    setName('');
    setOpen(false);
  };
  return (
    <Space wrap size={[8, 4]} className="saved-filters">
      {saved.map((one) => (
        <span key={one.name} className={one.search === now ? 'saved saved-now' : 'saved'}>
          <Link to={`/library?${one.search}`} aria-current={one.search === now ? 'true' : undefined}>
            {one.name}
          </Link>
          <button
            type="button"
            aria-label={`删去筛选：${one.name}`}
            onClick={() => setSaved(saved.filter((other) => other.name !== one.name))}
          >
            ×
          </button>
        </span>
      ))}
      {now !== '' && (
        <>
          <Popover
            trigger="click"
            open={isOpen}
            onOpenChange={setOpen}
            content={
              <form
                onSubmit={(event) => {
                  event.preventDefault();
                  save();
                }}
              >
                <Space.Compact>
                  <Input
                    aria-label="筛选的名称"
                    placeholder="给这组条件起个名"
                    value={name}
                    maxLength={20}
                    onChange={(event) => setName(event.target.value)}
                  />
                  <Button type="primary" htmlType="submit" disabled={name.trim() === ''}>
                    保存
                  </Button>
                </Space.Compact>
              </form>
            }
          >
            <Button type="link" size="small">
              保存这组条件
            </Button>
          </Popover>
          <Link to="/library">清除条件</Link>
        </>
      )}
    </Space>
  );
}

/** What narrows the list down, without the page it is open at. */
function conditionsOf(search: URLSearchParams): string {
  const kept = new URLSearchParams([...search].filter(([key]) => key !== 'page' && key !== 'size'));
  kept.sort();
  return kept.toString();
}
