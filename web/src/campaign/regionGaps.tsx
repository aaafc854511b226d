import { Empty, Progress } from 'antd';
import type { RegionGap } from '../../../models/index.ts';
import { levelWords } from '../words.ts';

/** Under each division: how many of its own have issued a notice, and which have not. */
export function RegionGaps({ gaps }: { readonly gaps: readonly RegionGap[] }) {
  if (gaps.length === 0) return <Empty description="不知道这些公文属于哪个地区，无从比较" />;
  return (
    <>
      <p className="faint">只看本库：没有入库不等于没有印发。</p>
      <ul className="gaps">
        {gaps.map(({ upper, level, issued, silent }) => {
          const all = issued.length + silent.length;
          return (
            <li key={upper?.code ?? 'nation'}>
              <h3>
                {upper?.name ?? '全国'}下属{levelWords[level]}
                <span className="faint">
                  {issued.length} / {all} 已见印发
                </span>
              </h3>
              <Progress
                percent={Math.round((issued.length / all) * 100)}
                showInfo={false}
                aria-label="已见印发的比例"
              />
              {issued.length > 0 && <p>已见：{issued.map(({ name }) => name).join('、')}</p>}
              {silent.length > 0 && (
                <p>
                  <strong>未见：</strong>
                  {silent.map(({ name }) => name).join('、')}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
