import type { CalendarCheck, Deadline } from '../../../models/index.ts';
import { dueWords } from '../words.ts';

/** Whether the lower level collects before it has to report, duty by duty. */
export function CalendarChecks({ checks }: { readonly checks: readonly CalendarCheck[] }) {
  if (checks.length === 0) return <p className="faint">没有上下级都规定了的期限可以核对。</p>;
  return (
    <table className="compare compare-calendar">
      <thead>
        <tr>
          <th scope="col">余量</th>
          <th scope="col">上级要求的期限</th>
          <th scope="col">下级规定的期限</th>
        </tr>
      </thead>
      <tbody>
        {checks.map(({ upper, lower, slackDays, slackWorkingDays, finding }) => (
          <tr
            key={`${upper.task} ${dueWords(upper.due)} ${dueWords(lower.due)}`}
            className="compare-row"
            tabIndex={-1}
            data-differs={finding === null ? undefined : ''}
          >
            <td>
              <span className={`change ${finding === null ? 'change-kept' : 'change-dropped'}`}>
                {slackDays === null ? '无法核对' : slackDays < 0 ? `晚 ${-slackDays} 天` : `余 ${slackDays} 天`}
              </span>
              {slackWorkingDays !== null && <span className="fact-small">工作日 {slackWorkingDays} 天</span>}
            </td>
            <td>{printed(upper)}</td>
            <td>{printed(lower)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const printed = ({ due, time, task }: Deadline) => `${dueWords(due)}${time === null ? '' : ` ${time}`}　${task}`;
