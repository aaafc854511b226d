import { Button, Popconfirm, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { CampaignDetail, CampaignNotice } from '../../../models/api/campaign.ts';
import type { LineageNode, MissingDocument } from '../../../models/index.ts';
import { levelWords } from '../words.ts';
import { type Edition, nameOf, pageOf } from './cascade.ts';
import { LinkReason } from './linkReason.tsx';
import { useDecide } from './useDecide.ts';

interface Known {
  readonly notices: ReadonlyMap<string, CampaignNotice>;
  readonly missing: ReadonlyMap<string, MissingDocument>;
  /** A notice of the campaign that a notice is put out of: any other. */
  readonly anchors: readonly string[];
  /** How many stand below each. */
  readonly below: ReadonlyMap<string, number>;
  /** Those whose next level is open from the beginning. */
  readonly open: ReadonlySet<string>;
}

/** The tree from the nation to the townships; every notice under the one it came from, with the reason. */
export function LineageTree({ campaign, edition }: { readonly campaign: CampaignDetail; readonly edition: Edition }) {
  const [shown, setShown] = useState(most);
  const known = useMemo(
    (): Known => ({
      notices: new Map(campaign.notices.map((notice) => [notice.id, notice])),
      missing: new Map(campaign.missingDocuments.map((document) => [document.id, document])),
      anchors: campaign.editions.flatMap(({ members }) => members),
      below: belowOf(edition.roots),
      open: openAtFirst(edition.roots),
    }),
    [campaign, edition],
  );
  const rest = edition.roots.length - shown;
  return (
    <ul className="lineage" aria-label="传达脉络">
      {edition.roots.slice(0, shown).map((node) => (
        <Branch key={node.id} node={node} known={known} parent={null} />
      ))}
      {rest > 0 && <More rest={rest} onMore={() => setShown(shown + step)} />}
    </ul>
  );
}

/** So many below one are shown at once, and so many more each time. */
const most = 40;
const step = 200;
/** So many stand on the page at first: of three thousand the upper levels. */
const mostAtFirst = 150;

function belowOf(roots: readonly LineageNode[]): Map<string, number> {
  const below = new Map<string, number>();
  const count = (node: LineageNode): number => {
    const own = node.children.reduce((sum, child) => sum + 1 + count(child), 0);
    below.set(node.id, own);
    return own;
  };
  roots.forEach(count);
  return below;
}

/** Opens level by level, as far as the page stays short. */
function openAtFirst(roots: readonly LineageNode[]): Set<string> {
  const open = new Set<string>();
  let standing = Math.min(most, roots.length);
  for (let level: readonly LineageNode[] = roots; level.length > 0; ) {
    const next = level.filter(({ children }) => children.length > 0 && children.length <= most);
    standing += next.reduce((sum, { children }) => sum + children.length, 0);
    if (standing > mostAtFirst) break;
    for (const { id } of next) open.add(id);
    level = next.flatMap(({ children }) => children);
  }
  return open;
}

function More({ rest, onMore }: { readonly rest: number; readonly onMore: () => void }) {
  return (
    <li>
      <Button size="small" onClick={onMore}>
        再显示 {Math.min(rest, step)} 件（还有 {rest} 件）
      </Button>
    </li>
  );
}

interface BranchProps {
  readonly node: LineageNode;
  readonly known: Known;
  readonly parent: LineageNode | null;
}

function Branch({ node, known, parent }: BranchProps) {
  const isOpenAtFirst = known.open.has(node.id);
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const [shown, setShown] = useState(most);
  const rest = node.children.length - shown;
  return (
    <li>
      {node.missing ? (
        <MissingCard document={known.missing.get(node.id) ?? null} node={node} known={known} />
      ) : (
        <NoticeCard node={node} known={known} parent={parent} />
      )}
      {node.children.length > 0 && !isOpenAtFirst && (
        <Button size="small" type="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? '收起' : `展开下级 ${known.below.get(node.id)} 件`}
        </Button>
      )}
      {isOpen && node.children.length > 0 && (
        <ul>
          {node.children.slice(0, shown).map((child) => (
            <Branch key={child.id} node={child} known={known} parent={node} />
          ))}
          {rest > 0 && <More rest={rest} onMore={() => setShown(shown + step)} />}
        </ul>
      )}
    </li>
  );
}

function Level({ node }: { readonly node: LineageNode }) {
  return node.administrativeLevel === null ? null : <Tag>{levelWords[node.administrativeLevel]}</Tag>;
}

function NoticeCard({ node, known, parent }: BranchProps) {
  const { decide, isBusy } = useDecide();
  const notice = known.notices.get(node.id);
  if (notice === undefined) return null;
  const anchor = known.anchors.find((id) => id !== node.id && !node.copies.includes(id));
  const details = [notice.documentNumber, notice.issuingBody, notice.region?.name, notice.issueDate];
  return (
    <div className="lineage-card">
      <p className="lineage-title">
        <Level node={node} />
        {notice.restricted && <Tag color="red">内部文件</Tag>}
        <Link to={pageOf(notice)}>{nameOf(notice)}</Link>
      </p>
      <p className="fact-small">{details.filter(Boolean).join('　')}</p>
      {node.copies.map((copy) => {
        const other = known.notices.get(copy);
        return (
          other && (
            <p key={copy} className="fact-small">
              同一文件的另一份：<Link to={pageOf(other)}>{other.fileName}</Link>
            </p>
          )
        );
      })}
      <details className="lineage-more">
        <summary>{node.link === null ? '更多' : `为什么在这里：${node.link.why}`}</summary>
        {node.link !== null && <LinkReason link={node.link} notice={notice} />}
        <div className="link-actions">
          {parent !== null && !parent.missing && (
            <Link to={`/compare?left=${parent.id}&right=${node.id}`}>
              <Button size="small">与上级比对</Button>
            </Link>
          )}
          {anchor !== undefined && (
            <Popconfirm
              title="这件公文不属于本行动？"
              description="移出后单独成立，可随时撤回。"
              okText="移出"
              onConfirm={() => decide({ decision: 'exclude', from: node.id, to: anchor })}
            >
              <Button size="small" disabled={isBusy}>
                移出本行动
              </Button>
            </Popconfirm>
          )}
        </div>
      </details>
    </div>
  );
}

function MissingCard({
  document,
  node,
  known,
}: {
  readonly document: MissingDocument | null;
  readonly node: LineageNode;
  readonly known: Known;
}) {
  const citing = document?.citedBy ?? [];
  const details = [
    document?.documentNumber,
    document?.issuingBody,
    document?.region?.name,
    document?.year && `${document.year} 年`,
  ];
  return (
    <div className="lineage-card lineage-missing">
      <p className="lineage-title">
        <Level node={node} />
        <Tag color="gold">未入库</Tag>
        {document?.title ?? document?.documentNumber ?? '题名不详'}
      </p>
      <p className="fact-small">{details.filter(Boolean).join('　')}</p>
      {node.link !== null && <p className="fact-small">{node.link.why}</p>}
      <details className="lineage-more">
        <summary>被 {citing.length} 件公文引用</summary>
        <ul className="lines">
          {citing.slice(0, 50).map(({ id, evidence }) => {
            const notice = known.notices.get(id);
            return (
              <li key={id}>
                {notice === undefined ? id : <Link to={pageOf(notice)}>{nameOf(notice)}</Link>}
                {evidence.slice(0, 1).map((one) => (
                  <blockquote key={one.start}>{one.quote}</blockquote>
                ))}
              </li>
            );
          })}
        </ul>
      </details>
      <p className="fact-small">入库后会自动归到这里。</p>
      <Link to="/upload">上传此文件</Link>
    </div>
  );
}
