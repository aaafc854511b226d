import { Button, Empty, Tag } from 'antd';
import { Link } from 'react-router';
import type { CampaignDetail } from '../../../models/api/campaign.ts';
import { agoWords } from '../words.ts';
import { nameOf, pageOf } from './cascade.ts';
import { relationWords } from './linkReason.tsx';
import { useDecide } from './useDecide.ts';

const words = { confirm: '确认关联', cut: '断开', add: '添加关联', exclude: '移出行动' } as const;
const colors = { confirm: 'green', cut: 'red', add: 'blue', exclude: 'gold' } as const;
const actors: Readonly<Record<string, string>> = { local: '本机用户', token: '凭令牌登录的用户', cli: '命令行' };

/** What people said of the links, with who and when; each can be taken back. */
export function DecisionList({ campaign }: { readonly campaign: CampaignDetail }) {
  const { undo, isBusy } = useDecide();
  const notices = new Map(campaign.notices.map((notice) => [notice.id, notice]));
  const missing = new Map(campaign.missingDocuments.map((document) => [document.id, document]));
  if (campaign.decisions.length === 0) {
    return <Empty description="还没有人确认、断开或添加过关联" />;
  }
  const named = (id: string) => {
    const notice = notices.get(id);
    if (notice !== undefined) return <Link to={pageOf(notice)}>{nameOf(notice)}</Link>;
    const document = missing.get(id);
    if (document !== undefined) return `${document.title ?? document.documentNumber ?? id}（未入库）`;
    return /^[0-9a-f]{64}\./.test(id) ? <Link to={`/files/${id.replace('.', '/')}`}>行动外的公文</Link> : id;
  };
  return (
    <ul className="lines">
      {campaign.decisions.toReversed().map((one) => (
        <li key={one.decisionId} className={one.undoneAt === null ? '' : 'due-past'}>
          <Tag color={colors[one.decision]}>{words[one.decision]}</Tag>
          {one.relation !== null && <Tag>{relationWords[one.relation]}</Tag>}
          {named(one.from)} <span className="faint">→</span> {named(one.to)}
          <span className="fact-small">
            {`${actors[one.actor] ?? one.actor}　${agoWords(one.at)}`}
            {one.note !== null && `　${one.note}`}
            {one.undoneAt !== null &&
              `　已由${actors[one.undoneBy ?? ''] ?? one.undoneBy}撤回（${agoWords(one.undoneAt)}）`}
          </span>
          {one.undoneAt === null && (
            <Button size="small" disabled={isBusy} onClick={() => undo(one.decisionId)}>
              撤回
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
