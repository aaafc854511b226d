import { Tag } from 'antd';
import { Link } from 'react-router';
import type { Deadline } from '../../../models/index.ts';

const weekdays = ['日', '一', '二', '三', '四', '五', '六'] as const;

/** Today where the reader is, YYYY-MM-DD. */
export function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((one) => String(one).padStart(2, '0')).join('-');
}

export function Weekday({ date }: { readonly date: string }) {
  return <span className="faint">周{weekdays[new Date(`${date}T00:00:00`).getDay()]}</span>;
}

/** What is due on a day, who owes it to whom, and the notice that says so. */
export function DueItem({
  deadline,
  to,
  notice,
}: {
  readonly deadline: Deadline;
  readonly to: string;
  readonly notice: string;
}) {
  const { task, time, due, responsible, recipient } = deadline;
  return (
    <li>
      <strong>{task}</strong>
      {time !== null && `　${time} 前`}
      {due.kind === 'recurring' && <Tag className="after">定期</Tag>}
      <span className="fact-small">
        {[responsible && `责任单位 ${responsible}`, recipient && `报送 ${recipient}`].filter(Boolean).join('　')}
      </span>
      <Link to={to}>{notice}</Link>
    </li>
  );
}
