import { useQuery } from '@tanstack/react-query';
import { Empty, Table } from 'antd';
import { Link } from 'react-router';
import type { CampaignContact, CampaignDetail } from '../../../models/api/campaign.ts';
import { campaignContactsQuery } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { levelWords } from '../words.ts';
import type { Edition } from './cascade.ts';

/** Whom the notices name for questions and reports. */
export function ContactsTable({ campaign, edition }: { readonly campaign: CampaignDetail; readonly edition: Edition }) {
  const contacts = useQuery(campaignContactsQuery(campaign.campaignId));
  if (contacts.isError) return <ProblemAlert error={contacts.error} onRetry={() => contacts.refetch()} />;
  const members = new Set(edition.members);
  const items = (contacts.data?.items ?? []).filter((item) => members.has(item.notice));
  if (contacts.isSuccess && items.length === 0) return <Empty description="这些公文没有写明联系人" />;
  return (
    <Table<CampaignContact>
      rowKey={(item) => `${item.notice}${item.contact.name}${item.contact.phones.join()}${item.contact.unit}`}
      loading={contacts.isPending}
      dataSource={items}
      columns={columns}
      scroll={{ x: 760 }}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
    />
  );
}

const columns = [
  {
    title: '发文机关',
    key: 'body',
    render: (_: unknown, item: CampaignContact) => (
      <Link to={`/files/${item.notice.replace('.', '/')}?tab=contacts`}>
        {item.issuingBody ?? '查看公文'}
        {item.administrativeLevel !== null && `（${levelWords[item.administrativeLevel]}）`}
      </Link>
    ),
  },
  { title: '姓名', key: 'name', render: (_: unknown, item: CampaignContact) => item.contact.name ?? '（未写姓名）' },
  { title: '部门', key: 'unit', render: (_: unknown, item: CampaignContact) => item.contact.unit ?? '' },
  {
    title: '电话',
    key: 'phones',
    render: (_: unknown, item: CampaignContact) =>
      [...item.contact.phones, ...(item.contact.fax === null ? [] : [`传真 ${item.contact.fax}`])].join('、'),
  },
  { title: '电子邮箱', key: 'emails', render: (_: unknown, item: CampaignContact) => item.contact.emails.join('、') },
];
