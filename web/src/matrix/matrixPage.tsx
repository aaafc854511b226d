import { useQuery } from '@tanstack/react-query';
import { Card, Empty, Progress, Spin } from 'antd';
import { useSearchParams } from 'react-router';
import { AskError } from '../api/ask.ts';
import { matrixQuery, newMatrixQuery } from '../api/queries.ts';
import { CompareKinds } from '../parts/compareKinds.tsx';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { ChooseNotices, type SetSearch, useCampaign, wantedOf } from './chooseNotices.tsx';
import { MatrixView } from './matrixView.tsx';

/** One upper notice against many lower ones: what each made of every item. */
export function MatrixPage() {
  const [search, setSearch] = useSearchParams();
  const set: SetSearch = (values) => {
    const next = new URLSearchParams(search);
    for (const [key, value] of Object.entries(values)) {
      next.delete(key);
      if (value === null) continue;
      for (const one of typeof value === 'string' ? [value] : value) next.append(key, one);
    }
    setSearch(next, { replace: true });
  };
  const campaign = useCampaign(search);
  const wanted = wantedOf(search, campaign);
  return (
    <>
      <div className="compare-title">
        <h1>比对</h1>
        <CompareKinds value="/matrix" upper={search.get('upper')} />
      </div>
      <ChooseNotices search={search} campaign={campaign} set={set} />
      {wanted === null ? (
        <Card>
          <Empty description="请选择一份上级公文和若干下级公文，看每一项要求各地保留、修改、弱化还是未见" />
        </Card>
      ) : (
        <Made key={JSON.stringify(wanted)} wanted={wanted} />
      )}
    </>
  );
}

function Made({ wanted }: { readonly wanted: NonNullable<ReturnType<typeof wantedOf>> }) {
  const begun = useQuery(newMatrixQuery(wanted));
  const matrixId = begun.data?.matrixId ?? '';
  const followed = useQuery({ ...matrixQuery(matrixId), enabled: matrixId !== '' });
  const error = begun.error ?? followed.error;
  const matrix = followed.data ?? begun.data;
  if (error !== null) return <ProblemAlert error={error} onRetry={() => begun.refetch()} />;
  if (matrix === undefined) return <Spin className="page-spin" description="正在找出公文…" />;
  if (matrix.state === 'failed')
    return <ProblemAlert error={new AskError(matrix.problem)} onRetry={() => begun.refetch()} />;
  if (matrix.state === 'running') {
    return (
      <Card>
        <p>
          正在比对第 {matrix.done} / {matrix.total} 份
        </p>
        <Progress
          aria-label="比对进度"
          percent={matrix.total === 0 ? 100 : Math.round((100 * matrix.done) / matrix.total)}
        />
      </Card>
    );
  }
  if (matrix.rows.length === 0) {
    return (
      <Card>
        <Empty description="没有这样的下级公文" />
      </Card>
    );
  }
  if (matrix.items.length === 0) {
    return (
      <Card>
        <Empty description="这份上级公文没有逐项的检查重点，可以用“两份比对”看期限、表格和正文" />
      </Card>
    );
  }
  return <MatrixView key={matrix.matrixId} matrix={matrix} />;
}
