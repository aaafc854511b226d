import type { Change, Evidence, TextEdit } from '../../../models/index.ts';
import { EvidenceLinks } from './evidenceLinks.tsx';

interface SideProps<T> {
  readonly change: Change<T>;
  readonly items: readonly T[];
  /** The edits that the other side shows. */
  readonly skip: TextEdit['op'];
  readonly textOf: (item: T) => string;
  /** `<file id>.<notice id>` of this side. */
  readonly address: string;
}

/** One side of a change: its text with what changed marked, and where it stands. */
export function Side<T extends { readonly evidence: readonly Evidence[] }>(props: SideProps<T>) {
  const { change, items, skip, textOf, address } = props;
  if (items.length === 0) {
    const { nearest } = change;
    return (
      <span className="faint">
        无
        {nearest !== undefined && (
          <span className="fact-small">
            最接近的一项（相似 {Math.round(nearest.similarity * 100)}%）：{textOf(nearest.item)}
          </span>
        )}
      </span>
    );
  }
  // The edits tell of one text against one; of several, each stands as it is.
  const edits =
    items.length === 1 && change.edits !== undefined && change.left.length === 1 && change.right.length === 1;
  return items.map((item) => (
    <div key={`${textOf(item)} ${item.evidence[0]?.start ?? ''}`} className="compare-item">
      {edits ? <Edits edits={change.edits ?? []} skip={skip} /> : <p className="compare-text">{textOf(item)}</p>}
      <EvidenceLinks address={address} evidence={item.evidence} />
    </div>
  ));
}

function Edits({ edits, skip }: { readonly edits: readonly TextEdit[]; readonly skip: TextEdit['op'] }) {
  let at = 0;
  return (
    <p className="compare-text">
      {edits
        .filter((edit) => edit.op !== skip)
        .map((edit) => {
          const key = at;
          at += edit.text.length;
          if (edit.op === 'insert') return <ins key={key}>{edit.text}</ins>;
          if (edit.op === 'delete') return <del key={key}>{edit.text}</del>;
          return <span key={key}>{edit.text}</span>;
        })}
    </p>
  );
}
