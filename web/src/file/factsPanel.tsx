import { Badge, Tabs, Tag } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Deadline, Evidence, Extraction, Notice, Section } from '../../../models/index.ts';
import { TableGrid } from '../parts/tableGrid.tsx';
import { assumedWords, attachmentWords, dueWords, roleWords, severityColors, severityWords } from '../words.ts';
import { type Choice, FactCard } from './factCard.tsx';
import { factTabs, overviewRows } from './facts.ts';

interface FactsPanelProps {
  readonly fileId: string;
  readonly extraction: Extraction;
  readonly notice: Notice;
  readonly tab: string;
  readonly onTab: (tab: string) => void;
  readonly choice: Choice;
}

/** The facts of a notice in tabs. */
export function FactsPanel({ fileId, extraction, notice, tab, onTab, choice }: FactsPanelProps) {
  const contents: Readonly<Record<(typeof factTabs)[number][0], readonly [count: number | null, ReactNode]>> = {
    overview: [null, <Overview key="o" extraction={extraction} notice={notice} choice={choice} />],
    focus: [
      notice.focusItems.length,
      <Cards key="f" tab="focus" items={notice.focusItems} choice={choice}>
        {(item) => (
          <>
            {item.text}
            <Small parts={[item.action, item.subject, item.section && `第${item.section}节`]} />
          </>
        )}
      </Cards>,
    ],
    deadlines: [
      notice.deadlines.length,
      <Cards key="d" tab="deadlines" items={notice.deadlines} choice={choice}>
        {(deadline) => <DeadlineWords deadline={deadline} />}
      </Cards>,
    ],
    targets: [
      notice.targets.length,
      <Cards key="t" tab="targets" items={notice.targets} choice={choice}>
        {(target) => (
          <>
            {target.text}
            <Small
              parts={[
                target.metric,
                `${{ '>=': '不低于', '<=': '不超过', '=': '等于' }[target.comparison]} ${target.value}${target.unit}`,
                target.by && `${target.by} 前`,
              ]}
            />
          </>
        )}
      </Cards>,
    ],
    contacts: [
      notice.contacts.length,
      <Cards key="c" tab="contacts" items={notice.contacts} choice={choice}>
        {(contact) => (
          <>
            <strong>{contact.name ?? contact.unit ?? '未写姓名'}</strong>
            {contact.name !== null && contact.unit !== null && `　${contact.unit}`}
            <Small
              parts={[
                contact.phones.length > 0 && `电话 ${contact.phones.join('、')}`,
                contact.fax && `传真 ${contact.fax}`,
                contact.emails.length > 0 && `邮箱 ${contact.emails.join('、')}`,
              ]}
            />
          </>
        )}
      </Cards>,
    ],
    citations: [
      notice.citedDocuments.length,
      <Cards key="q" tab="citations" items={notice.citedDocuments} choice={choice}>
        {(cited) => (
          <>
            <Tag>{roleWords[cited.role]}</Tag>
            {cited.title === null ? '' : `《${cited.title}》`}
            <Small parts={[cited.documentNumber, cited.issuingBody]} />
          </>
        )}
      </Cards>,
    ],
    attachments: [notice.attachments.length, <Attachments key="a" fileId={fileId} notice={notice} choice={choice} />],
    sections: [
      null,
      notice.sections.length === 0 ? (
        <p key="s" className="faint">
          这份公文没有分层次。
        </p>
      ) : (
        <Sections key="s" sections={notice.sections} />
      ),
    ],
    findings: [
      extraction.findings.length,
      <Cards key="x" tab="findings" items={extraction.findings} choice={choice} none="没有发现疑点。">
        {(finding) => (
          <>
            <Tag color={severityColors[finding.severity]}>{severityWords[finding.severity]}</Tag>
            {finding.message}
          </>
        )}
      </Cards>,
    ],
  };
  return (
    <aside className="facts" aria-label="提取的事实">
      <Tabs
        activeKey={tab}
        onChange={onTab}
        tabBarGutter={14}
        items={factTabs.map(([key, name]) => {
          const [count, children] = contents[key];
          return {
            key,
            children,
            label: count === null ? name : <Count name={name} count={count} isAlarm={key === 'findings'} />,
          };
        })}
      />
    </aside>
  );
}

function Count({ name, count, isAlarm }: { readonly name: string; readonly count: number; readonly isAlarm: boolean }) {
  if (isAlarm && count > 0) {
    return (
      <span>
        {name} <Badge count={count} size="small" />
      </span>
    );
  }
  return <span className={count === 0 ? 'faint' : undefined}>{`${name} ${count}`}</span>;
}

/** What goes with a fact, in small print. */
function Small({ parts }: { readonly parts: readonly (string | false | null | undefined)[] }) {
  const said = parts.filter(Boolean);
  return said.length === 0 ? null : <span className="fact-small">{said.join('　')}</span>;
}

function Cards<T extends { readonly evidence: readonly Evidence[] }>({
  tab,
  items,
  choice,
  none = '这份公文没有写明。',
  children,
}: {
  readonly tab: string;
  readonly items: readonly T[];
  readonly choice: Choice;
  readonly none?: string;
  readonly children: (item: T) => ReactNode;
}) {
  if (items.length === 0) return <p className="faint">{none}</p>;
  return (
    <ol className="cards">
      {items.map((item, index) => {
        const id = `${tab}-${index}`;
        return (
          <li key={id}>
            <FactCard id={id} evidence={item.evidence} choice={choice}>
              {children(item)}
            </FactCard>
          </li>
        );
      })}
    </ol>
  );
}

function Overview({
  extraction,
  notice,
  choice,
}: {
  readonly extraction: Extraction;
  readonly notice: Notice;
  readonly choice: Choice;
}) {
  return (
    <>
      <dl className="overview">
        {overviewRows(notice).map(({ key, label, value, evidence }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>
              <FactCard id={key} evidence={evidence} choice={choice}>
                {value}
              </FactCard>
            </dd>
          </div>
        ))}
      </dl>
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

export function DeadlineWords({ deadline }: { readonly deadline: Deadline }) {
  return (
    <>
      <strong>
        {dueWords(deadline.due)}
        {deadline.time === null ? '' : ` ${deadline.time}`}
      </strong>
      　{deadline.task}
      <Small
        parts={[
          deadline.responsible && `责任单位 ${deadline.responsible}`,
          deadline.recipient && `报送 ${deadline.recipient}`,
          deadline.assumed.length > 0 && `推断：${deadline.assumed.map((one) => assumedWords[one]).join('、')}`,
        ]}
      />
    </>
  );
}

function Attachments({
  fileId,
  notice,
  choice,
}: {
  readonly fileId: string;
  readonly notice: Notice;
  readonly choice: Choice;
}) {
  if (notice.attachments.length === 0) return <p className="faint">这份公文没有附件。</p>;
  const hasTables = notice.attachments.some((one) => one.tables.length > 0);
  return (
    <>
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
              <FactCard id={id} evidence={attachment.evidence} choice={choice}>
                <Tag>{attachmentWords[attachment.kind]}</Tag>
                {attachment.number === null ? '' : `附件 ${attachment.number}　`}
                {attachment.title}
                {!attachment.present && <span className="fact-small">本文件中没有这个附件的内容</span>}
              </FactCard>
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
    </>
  );
}

function Sections({ sections }: { readonly sections: readonly Section[] }) {
  return (
    <ul className="sections">
      {sections.map((section) => (
        <li key={`${section.number}-${section.evidence[0]?.start ?? section.text}`}>
          <details open={section.level === 1}>
            <summary>
              {section.number ?? ''}
              {section.title ?? section.text.slice(0, 30)}
            </summary>
            {section.text !== '' && <p>{section.text}</p>}
            {section.responsible.length > 0 && <p className="fact-small">责任单位 {section.responsible.join('、')}</p>}
            {section.children.length > 0 && <Sections sections={section.children} />}
          </details>
        </li>
      ))}
    </ul>
  );
}
