import { Button, Popconfirm, Tag } from 'antd';
import { Link } from 'react-router';
import type { CampaignNotice } from '../../../models/api/campaign.ts';
import type { CampaignLink } from '../../../models/index.ts';
import { pageOf } from './cascade.ts';
import { useDecide } from './useDecide.ts';

export const relationWords: Readonly<Record<CampaignLink['relation'], string>> = {
  implements: '贯彻落实',
  forwards: '转发',
  renews: '上一年度',
  duplicate: '同一文件',
  reissue: '重新印发',
  correction: '更正补充',
  'same-campaign': '同一行动',
  cites: '仅引用',
};

/** Why a link is there, where that stands, and what a person says of it. */
export function LinkReason({ link, notice }: { readonly link: CampaignLink; readonly notice: CampaignNotice | null }) {
  const { decide, isBusy } = useDecide();
  const { from, to, relation } = link;
  const isSure = link.decision !== null;
  const quotes = link.evidence.filter((one) => one.quote.trim() !== '').slice(0, 3);
  return (
    <div className="link-reason">
      <p>
        <Tag color={relation === 'cites' ? 'default' : 'blue'}>{relationWords[relation]}</Tag>
        {isSure ? (
          <Tag color="green">{link.decision === 'added' ? '人工添加' : '人工确认'}</Tag>
        ) : (
          <Tag color={link.confidence < 0.75 ? 'gold' : 'default'}>
            {link.stated ? '原文写明' : '推断'} {Math.round(link.confidence * 100)}%
          </Tag>
        )}
        {link.why}
      </p>
      {quotes.map((one) => (
        <blockquote key={one.start}>
          {notice === null ? (
            one.quote
          ) : (
            <Link to={`${pageOf(notice)}?tab=citations`} title="打开原文">
              {one.quote}
            </Link>
          )}
        </blockquote>
      ))}
      {notice !== null && (
        <div className="link-actions">
          {!isSure && (
            <Button size="small" disabled={isBusy} onClick={() => decide({ decision: 'confirm', from, to, relation })}>
              确认关联
            </Button>
          )}
          <Popconfirm
            title="断开这条关联？"
            description="重新读取公文后也不会再连上，可随时撤回。"
            okText="断开"
            onConfirm={() => decide({ decision: 'cut', from, to })}
          >
            <Button size="small" disabled={isBusy}>
              断开
            </Button>
          </Popconfirm>
        </div>
      )}
    </div>
  );
}
