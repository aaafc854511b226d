import { useQuery } from '@tanstack/react-query';
import { Alert, Drawer, Skeleton } from 'antd';
import type { CollectedTable, ReturnFile } from '../../../models/api/collection.ts';
import { periodText } from '../../../models/periodText.ts';
import { returnIssueCodes } from '../../../models/returnWords.ts';
import { unitReturnQuery } from '../api/collectionQueries.ts';
import { keyed } from '../parts/keyed.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { reachable } from '../parts/reachable.ts';
import { beijingTime } from './boardPanel.tsx';
import { FilledGrid, labelOf } from './filledGrid.tsx';
import { IssueList } from './issueList.tsx';
import { RecordTable } from './recordTable.tsx';

/** What one unit said: its table, what is wrong, what was corrected, the file it came from. */
export function UnitDrawer({
  id,
  table,
  unit,
  period,
  onClose,
}: {
  readonly id: number;
  readonly table: CollectedTable;
  readonly unit: string;
  readonly period: string;
  readonly onClose: () => void;
}) {
  const found = useQuery(unitReturnQuery(id, { table: table.table, unit, period }));
  const own = found.data;
  return (
    <Drawer open title={`${unit}　${periodText(period)}`} size={Math.min(900, innerWidth)} onClose={onClose}>
      {found.isError && <ProblemAlert error={found.error} />}
      {found.isPending && <Skeleton active />}
      {own?.rejected.map(({ file, codes }) => (
        <Alert
          key={file.position}
          type="error"
          showIcon
          title={`《${file.fileName}》已退回：${codes.map(codeWords).join('、')}`}
          description={
            <>
              <FileLine id={id} file={file} />
              <IssueList issues={file.issues} />
            </>
          }
        />
      ))}
      {own?.file && (
        <>
          <FileLine id={id} file={own.file} />
          {own.form.records ? (
            <RecordTable form={own.form} rows={own.records.map((values) => ({ unit: null, values }))} />
          ) : (
            <FilledGrid form={own.form} values={own.values} faulty={own.faulty} />
          )}
          <p>
            {own.fields
              .filter(({ kind }) => kind !== 'unit' && kind !== 'period')
              .map(({ label, value }) => (
                <span key={label} className="form-field">
                  {label}
                  {value}
                </span>
              ))}
          </p>
          <IssueList issues={own.file.issues} />
          {own.history.length > 0 && (
            <>
              <h3 className="panel-title">更正记录</h3>
              <section ref={reachable} className="grid-scroll" aria-label="更正记录">
                <table className="grid">
                  <thead>
                    <tr>
                      <th scope="col">项目</th>
                      <th scope="col">原来的值</th>
                      <th scope="col">来自</th>
                      <th scope="col">收到</th>
                      <th scope="col">录入人</th>
                    </tr>
                  </thead>
                  <tbody>
                    {keyed(own.history, (one) => `${one.cell} ${one.receivedAt}`).map(({ key, item: one }) => (
                      <tr key={key}>
                        <td>{labelOf(one.key)}</td>
                        <td>{one.value ?? '（未填或有误）'}</td>
                        <td>{one.fileName}</td>
                        <td className="nowrap">{beijingTime(one.receivedAt)}</td>
                        <td>{one.importedBy}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </section>
            </>
          )}
        </>
      )}
    </Drawer>
  );
}

const codes: Readonly<Record<string, string>> = returnIssueCodes;
export const codeWords = (code: string) => codes[code] ?? code;

/** Which file, when it came, who put it in; and the file itself. */
export function FileLine({ id, file }: { readonly id: number; readonly file: ReturnFile }) {
  return (
    <p className="fact-small">
      <a className="text-link" href={`/api/collections/${id}/files/${file.sha256}/original`} download>
        {file.fileName}
      </a>
      {'　'}
      {beijingTime(file.receivedAt)} 收到，{file.importedBy} 于 {beijingTime(file.importedAt)} 录入
    </p>
  );
}
