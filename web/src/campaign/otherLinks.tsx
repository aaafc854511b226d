import { Button, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { CampaignDetail } from '../../../models/api/campaign.ts';
import type { LinkRelation } from '../../../models/index.ts';
import { NoticePicker } from '../parts/noticePicker.tsx';
import { type Edition, nameOf, nodesOf, pageOf } from './cascade.ts';
import { LinkReason, relationWords } from './linkReason.tsx';
import { useDecide } from './useDecide.ts';

interface Props {
  readonly campaign: CampaignDetail;
  readonly edition: Edition;
}

const most = 30;

/** What links these notices beside the tree, and a place to add what was not found. */
export function OtherLinks({ campaign, edition }: Props) {
  const [shown, setShown] = useState(most);
  const notices = new Map(campaign.notices.map((notice) => [notice.id, notice]));
  const missing = new Map(campaign.missingDocuments.map((document) => [document.id, document]));
  const inTree = new Set(
    nodesOf(edition.roots).flatMap(({ link }) => (link === null ? [] : [`${link.from} ${link.to}`])),
  );
  const own = new Set(edition.members);
  const others = campaign.links
    .filter((link) => own.has(link.from) && !inTree.has(`${link.from} ${link.to}`))
    .toSorted((a, b) => Number(a.relation === 'cites') - Number(b.relation === 'cites'));
  const words = (id: string) => {
    const notice = notices.get(id);
    const document = missing.get(id);
    if (notice !== undefined) return <Link to={pageOf(notice)}>{nameOf(notice)}</Link>;
    if (document !== undefined) return `${document.title ?? document.documentNumber ?? '题名不详'}（未入库）`;
    return /^[0-9a-f]{64}\./.test(id) ? <Link to={`/files/${id.replace('.', '/')}`}>其他行动的公文</Link> : id;
  };
  return (
    <section className="campaign-section" aria-label="其他关联">
      {others.length > 0 && (
        <details>
          <summary>
            <h2>其他关联 {others.length} 条</h2>
          </summary>
          <ul className="lines">
            {others.slice(0, shown).map((link) => (
              <li key={`${link.from} ${link.to} ${link.relation}`}>
                {words(link.from)} <span className="faint">{`— ${relationWords[link.relation]} →`}</span>{' '}
                {words(link.to)}
                <LinkReason link={link} notice={notices.get(link.from) ?? null} />
              </li>
            ))}
          </ul>
          {others.length > shown && <Button onClick={() => setShown(shown + 100)}>再显示一些</Button>}
        </details>
      )}
      <AddLink campaign={campaign} />
    </section>
  );
}

const addable = ['implements', 'forwards', 'same-campaign', 'renews', 'correction', 'reissue', 'duplicate'] as const;

function AddLink({ campaign }: Pick<Props, 'campaign'>) {
  const { decide, isBusy } = useDecide();
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [relation, setRelation] = useState<LinkRelation>('implements');
  const targets = [
    ...campaign.notices.map((notice) => ({
      value: notice.id,
      label: [nameOf(notice), notice.documentNumber].filter(Boolean).join('　'),
    })),
    ...campaign.missingDocuments.map((document) => ({
      value: document.id,
      label: `${document.title ?? document.documentNumber ?? '题名不详'}（未入库）`,
    })),
  ];
  return (
    <details className="add-link">
      <summary>
        <h2>添加关联或公文</h2>
      </summary>
      <p className="faint">程序没有找到的关联可在此补上；选“同一行动”即把公文放入本行动。</p>
      <div className="add-link-row">
        <NoticePicker label="下级或较晚的公文" value={from} onChange={setFrom} />
        <Select
          aria-label="关系"
          value={relation}
          options={addable.map((value) => ({ value, label: relationWords[value] }))}
          onChange={setRelation}
        />
        <Select
          aria-label="本行动中的公文"
          className="notice-picker"
          placeholder="本行动中的公文"
          showSearch={{ optionFilterProp: 'label' }}
          allowClear
          value={to}
          options={targets}
          onChange={(value: string | null | undefined) => setTo(value ?? null)}
        />
        <Button
          type="primary"
          disabled={from === null || to === null || from === to || isBusy}
          onClick={() => {
            if (from === null || to === null) return;
            decide({ decision: 'add', from, to, relation });
            setFrom(null);
          }}
        >
          添加
        </Button>
      </div>
    </details>
  );
}
