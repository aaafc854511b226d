import { Badge, Tabs, Tag } from 'antd';
import type { ReactNode } from 'react';
import type { Deadline, Evidence, Extraction, FocusItem, Notice } from '../../../models/index.ts';
import { assumedWords, dueWords, roleWords, severityColors, severityWords } from '../words.ts';
import { Attachments } from './attachments.tsx';
import { Additions, Correctable } from './corrections/correctable.tsx';
import { Readings } from './differences.tsx';
import { type Choice, FactCard } from './factCard.tsx';
import { type Field, factTabs } from './facts.ts';
import { Outline } from './outline.tsx';
import { Overview } from './overview.tsx';

interface FactsPanelProps {
  readonly fileId: string;
  readonly extraction: Extraction;
  readonly notice: Notice;
  readonly tab: string;
  readonly onTab: (tab: string) => void;
  readonly choice: Choice;
}

/** Shown where there is something in them. */
const rareTabs: ReadonlySet<string> = new Set(['duties', 'readings']);

/** The facts of a notice in tabs. */
export function FactsPanel({ fileId, extraction, notice, tab, onTab, choice }: FactsPanelProps) {
  const { duties = [] } = notice;
  const contents: Readonly<Record<(typeof factTabs)[number][0], readonly [count: number | null, ReactNode]>> = {
    overview: [null, <Overview key="o" extraction={extraction} notice={notice} choice={choice} />],
    focus: [
      notice.focusItems.length,
      <Cards key="f" tab="focus" field="focusItems" items={notice.focusItems} choice={choice}>
        {(item) => <ItemWords item={item} />}
      </Cards>,
    ],
    duties: [
      duties.length,
      <Cards key="u" tab="duties" items={duties} choice={choice}>
        {(item) => <ItemWords item={item} />}
      </Cards>,
    ],
    deadlines: [
      notice.deadlines.length,
      <Cards key="d" tab="deadlines" field="deadlines" items={notice.deadlines} choice={choice}>
        {(deadline) => <DeadlineWords deadline={deadline} />}
      </Cards>,
    ],
    targets: [
      notice.targets.length,
      <Cards key="t" tab="targets" field="targets" items={notice.targets} choice={choice}>
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
      <Cards key="c" tab="contacts" field="contacts" items={notice.contacts} choice={choice}>
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
      <Cards key="q" tab="citations" field="citedDocuments" items={notice.citedDocuments} choice={choice}>
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
    sections: [null, <Outline key="s" sections={notice.sections} choice={choice} />],
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
    readings: [choice.doubtful.length, <DoubtfulLines key="r" choice={choice} />],
  };
  return (
    <aside className="facts" aria-label="提取的事实">
      <Tabs
        activeKey={tab}
        onChange={onTab}
        tabBarGutter={0}
        items={factTabs
          .filter(([key]) => !rareTabs.has(key) || (contents[key][0] ?? 0) > 0)
          .map(([key, name]) => {
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
  field,
  items,
  choice,
  none = '这份公文没有写明。',
  children,
}: {
  readonly tab: string;
  /** Of what people can correct; findings are not. */
  readonly field?: Field;
  readonly items: readonly T[];
  readonly choice: Choice;
  readonly none?: string;
  readonly children: (item: T) => ReactNode;
}) {
  return (
    <>
      {items.length === 0 && <p className="faint">{none}</p>}
      <ol className="cards">
        {items.map((item, index) => {
          const id = `${tab}-${index}`;
          const card = (
            <FactCard id={id} evidence={item.evidence} choice={choice}>
              {children(item)}
            </FactCard>
          );
          return (
            <li key={id}>
              {field === undefined ? (
                card
              ) : (
                <Correctable
                  field={field}
                  index={index}
                  item={item}
                  name={item.evidence[0]?.quote ?? `第 ${index + 1} 项`}
                >
                  {card}
                </Correctable>
              )}
            </li>
          );
        })}
      </ol>
      {field !== undefined && <Additions fields={[field]} />}
    </>
  );
}

/** Lines that were read in two ways, or not well, each with the way to its place. */
function DoubtfulLines({ choice }: { readonly choice: Choice }) {
  return (
    <>
      <p className="faint">下列各行两次识别的结果不一致，或把握不大，请对照原件。</p>
      <ol className="cards">
        {choice.doubtful.map(({ page, box, text, alternative, confidence }, index) => {
          const id = `readings-${index}`;
          return (
            <li key={id}>
              <FactCard
                id={id}
                evidence={[{ page, start: 0, end: 0, quote: text, boxes: [box], confidence }]}
                choice={{ ...choice, doubtful: [] }}
              >
                <span className="faint">第 {page} 页　</span>
                {alternative === null ? text : <Readings text={text} alternative={alternative} />}
              </FactCard>
            </li>
          );
        })}
      </ol>
    </>
  );
}

function ItemWords({ item }: { readonly item: FocusItem }) {
  return (
    <>
      {item.text}
      <Small parts={[item.action, item.subject, item.section && `第${item.section}节`]} />
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
      {`　${deadline.task}`}
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
