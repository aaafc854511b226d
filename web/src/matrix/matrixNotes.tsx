import { Card } from 'antd';
import { Link } from 'react-router';
import type { Matrix } from '../../../models/api/matrix.ts';
import { problemWords } from '../problemWords.ts';
import type { Place } from './matrixGrid.tsx';
import { percent, placeOf } from './shown.ts';

/** More places than these are counted, not named. */
const placesNamed = 12;

/** What stands out beside the single items: what many added, who copied whom, what could not be compared. */
export function MatrixNotes({ matrix, onOpen }: { readonly matrix: Matrix; readonly onOpen: (place: Place) => void }) {
  const places = (indices: readonly number[]) => (
    <>
      {indices.slice(0, placesNamed).map((at) => {
        const row = matrix.rows[at];
        return (
          row !== undefined && (
            <button key={at} type="button" className="details-place" onClick={() => onOpen({ row: at, column: null })}>
              {placeOf(row)}
            </button>
          )
        );
      })}
      {indices.length > placesNamed && ` 等 ${indices.length} 份`}
    </>
  );
  const { added, copies, copiedFromUpper, unread } = matrix;
  return (
    <div className="matrix-notes">
      {added.length > 0 && (
        <Card title={<h2 className="card-title">各地共同新增</h2>} extra={`${added.length} 项`}>
          <ol className="lines matrix-list">
            {added.slice(0, 50).map((cluster) => (
              <li key={cluster.text}>
                <strong>{cluster.rows.length} 份</strong>　{cluster.subject === null ? '' : `〔${cluster.subject}〕`}
                {cluster.text}
                <span className="fact-small">{places(cluster.rows)}</span>
              </li>
            ))}
          </ol>
        </Card>
      )}
      {(copies.length > 0 || copiedFromUpper.length > 0) && (
        <Card title={<h2 className="card-title">相互照搬</h2>} extra="上级原文以外仍大体相同">
          <ol className="lines matrix-list">
            {copies.map((group) => (
              <li key={group.rows.join(' ')}>
                <strong>{percent(group.similarity)}</strong>　{places(group.rows)}
              </li>
            ))}
            {copiedFromUpper.length > 0 && <li>照转上级原文，没有自己的内容：{places(copiedFromUpper)}</li>}
          </ol>
        </Card>
      )}
      {unread.length > 0 && (
        <Card title={<h2 className="card-title">没有比对的文件</h2>} extra={`${unread.length} 份`}>
          <ul className="lines matrix-list">
            {unread.map(({ address, problem }) => (
              <li key={address}>
                <Link to={`/files/${address.replace('.', '/')}`}>{address.slice(0, 8)}</Link>　
                {problemWords(problem).what}
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}
