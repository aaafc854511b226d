import { Tag } from 'antd';
import type { Extraction, Notice } from '../../../models/index.ts';
import { severityColors, severityWords } from '../words.ts';
import { Additions, Correctable } from './corrections/correctable.tsx';
import { useCorrecting } from './corrections/useCorrecting.ts';
import { type Choice, FactCard } from './factCard.tsx';
import { missingElements, overviewRows } from './facts.ts';

/** What is concluded from the whole of a notice and stands nowhere as such. */
const concluded: ReadonlySet<string> = new Set(['documentType', 'administrativeLevel', 'region']);

/** The elements of a notice as its head and foot give them. */
export function Overview({
  extraction,
  notice,
  choice,
}: {
  readonly extraction: Extraction;
  readonly notice: Notice;
  readonly choice: Choice;
}) {
  const { marks } = useCorrecting();
  const corrected = new Set(marks.map((mark) => `${mark.field} ${mark.index}`));
  return (
    <>
      <dl className="overview">
        {overviewRows(notice).map(({ key, label, value, evidence, field, index, item }) => {
          const card = (
            <FactCard
              id={key}
              evidence={evidence}
              choice={choice}
              {...(corrected.has(`${field} ${index}`)
                ? { unplaced: '' }
                : concluded.has(field) && { unplaced: '据全文判定' })}
            >
              {value}
            </FactCard>
          );
          return (
            <div key={key}>
              <dt>{label}</dt>
              <dd>
                {item === null ? (
                  card
                ) : (
                  <Correctable field={field} index={index} item={item} name={label}>
                    {card}
                  </Correctable>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      <Additions fields={missingElements(notice)} />
      {extraction.diagnostics.length > 0 && (
        <>
          <h2 className="facts-heading">阅读情况</h2>
          <ul className="diagnostics">
            {extraction.diagnostics.map((one) => (
              <li key={`${one.code} ${one.page} ${one.message}`}>
                <Tag color={severityColors[one.severity]}>{severityWords[one.severity]}</Tag>
                {one.page === null ? '' : `第 ${one.page} 页：`}
                {one.message}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
