import { Tag } from 'antd';
import { Link } from 'react-router';
import type { Notice } from '../../../models/index.ts';
import { TableGrid } from '../parts/tableGrid.tsx';
import { attachmentWords } from '../words.ts';
import { Additions, Correctable } from './corrections/correctable.tsx';
import { type Choice, FactCard } from './factCard.tsx';

/** The attachments of a notice with their tables. */
export function Attachments({
  fileId,
  notice,
  choice,
}: {
  readonly fileId: string;
  readonly notice: Notice;
  readonly choice: Choice;
}) {
  const hasTables = notice.attachments.some((one) => one.tables.length > 0);
  return (
    <>
      {notice.attachments.length === 0 && <p className="faint">这份公文没有附件。</p>}
      {hasTables && (
        <p>
          <Link to={`/templates/${fileId}/${notice.id}`}>生成报表模板</Link>
        </p>
      )}
      <ol className="cards">
        {notice.attachments.map((attachment, index) => {
          const id = `attachments-${index}`;
          return (
            <li key={id}>
              <Correctable field="attachments" index={index} item={attachment} name={attachment.title}>
                <FactCard id={id} evidence={attachment.evidence} choice={choice}>
                  <Tag>{attachmentWords[attachment.kind]}</Tag>
                  {attachment.number === null ? '' : `附件 ${attachment.number}　`}
                  {attachment.title}
                  {!attachment.present && <span className="fact-small">本文件中没有这个附件的内容</span>}
                </FactCard>
              </Correctable>
              {attachment.tables.map((table, number) => (
                <div key={`${id}-${table.title ?? ''}-${table.evidence[0]?.start ?? number}`}>
                  <TableGrid caption={table.title} rowCount={table.rowCount} cells={table.cells} />
                  {table.notes.map((note) => (
                    <p key={note} className="fact-small">
                      {note}
                    </p>
                  ))}
                </div>
              ))}
            </li>
          );
        })}
      </ol>
      <Additions fields={['attachments']} />
    </>
  );
}
