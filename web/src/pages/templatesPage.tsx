import { useQuery } from '@tanstack/react-query';
import { Card, Empty, Tabs } from 'antd';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { collectionsQuery } from '../api/collectionQueries.ts';
import { NoticePicker } from '../parts/noticePicker.tsx';
import { BlankForms } from '../templates/blankForms.tsx';
import { ReturnsTab } from '../templates/returnsTab.tsx';
import '../templates/templates.css';

/** The forms that a notice prescribes: blank ones to send out, and what comes back on them. */
export function TemplatesPage() {
  const { fileId, noticeId } = useParams();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  return (
    <>
      <h1>报表模板</h1>
      <div className="filters">
        <NoticePicker
          label="选择带报表的公文"
          value={fileId && noticeId ? `${fileId}.${noticeId}` : null}
          accept={(notice) => notice.counts.attachments > 0}
          onChange={(value) => navigate(value === null ? '/templates' : `/templates/${value.replace('.', '/')}`)}
        />
        {fileId && noticeId && <Link to={`/files/${fileId}/${noticeId}?tab=attachments`}>看原文</Link>}
      </div>
      {fileId && noticeId ? (
        <Tabs
          key={`${fileId}/${noticeId}`}
          activeKey={search.get('tab') === 'returns' ? 'returns' : 'forms'}
          onChange={(tab) => setSearch(tab === 'forms' ? {} : { tab }, { replace: true })}
          items={[
            { key: 'forms', label: '空白表样', children: <BlankForms fileId={fileId} noticeId={noticeId} /> },
            { key: 'returns', label: '收表汇总', children: <ReturnsTab fileId={fileId} noticeId={noticeId} /> },
          ]}
          destroyOnHidden
        />
      ) : (
        <Collections />
      )}
    </>
  );
}

/** What is being collected at present. */
function Collections() {
  const collections = useQuery(collectionsQuery({ limit: 50 }));
  const items = collections.data?.items ?? [];
  if (items.length === 0) {
    return (
      <Card>
        <Empty description="请选择一份附有统计表的公文：下载可以直接下发的空表，收回后在这里核对和汇总" />
      </Card>
    );
  }
  return (
    <Card title={<h2 className="card-title">正在收表</h2>}>
      <ul className="lines">
        {items.map((one) => (
          <li key={one.collectionId}>
            {one.fileId === null ? (
              one.title
            ) : (
              <Link to={`/templates/${one.fileId}/${one.noticeId}?tab=returns`}>{one.title}</Link>
            )}
            <span className="fact-small">
              {[
                one.documentNumber,
                one.units > 0 ? `填报单位 ${one.units} 个` : '未列单位',
                `已收 ${one.files} 份文件、${one.returns} 张表`,
              ]
                .filter(Boolean)
                .join('　')}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
