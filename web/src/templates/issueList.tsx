import type { ReturnIssue } from '../../../models/index.ts';
import { keyed } from '../parts/keyed.ts';
import { severityWords } from '../words.ts';

/** What is wrong, cell by cell. */
export function IssueList({ issues }: { readonly issues: readonly ReturnIssue[] }) {
  if (issues.length === 0) return null;
  return (
    <ul className="issues" aria-label="问题">
      {keyed(issues, (issue) => issue.message).map(({ key, item: issue }) => (
        <li key={key} className={`issue-${issue.severity}`}>
          {severityWords[issue.severity]}：{issue.message}
        </li>
      ))}
    </ul>
  );
}
