import { Link } from 'react-router';
import type { Evidence } from '../../../models/index.ts';

/** Where something stands: a link to each place of the document. `address`: `<file id>.<notice id>`. */
export function EvidenceLinks({
  address,
  evidence,
}: {
  readonly address: string;
  readonly evidence: readonly Evidence[];
}) {
  return evidence.slice(0, 3).map(({ page, start, end, quote }) => (
    <Link
      key={`${start}-${end}`}
      className="evidence-link"
      to={`/files/${address.replace('.', '/')}?at=${start}-${end}`}
      title={`“${quote}”`}
    >
      第 {page} 页
    </Link>
  ));
}
