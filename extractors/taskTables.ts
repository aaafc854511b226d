import { type Deadline, evidenceAt, type FlowCell, type FlowTable } from '../models/index.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import { type NoticeContext, textOf } from './context.ts';
import { findDueExpressions } from './dueExpressions.ts';

const limitHeading = /(?:完成|办结|整改|报送|上报|落实)?(?:时限|期限|时间要求|完成时间|完成日期|截止(?:时间|日期)?)$/u;
const taskHeading = /任务|内容|事项|措施|工作|项目|材料|名称|目标/u;
const bearerHeading = /责任|牵头|单位|部门|负责|承办/u;

/** 任务分工表: a column 完成时限 gives each row its date, the columns beside it its task and who owes it. */
export function taskTableDeadlines(context: NoticeContext, table: FlowTable): Deadline[] {
  const { flow, issueDate } = context;
  const text = (cell: FlowCell | undefined): string => (cell ? withoutLayoutSpaces(textOf(flow, cell)) : '');
  const heads = table.cells.filter((cell) => cell.row === 0);
  const limit = heads.find((cell) => limitHeading.test(text(cell)));
  if (!limit) return [];
  const bearer = heads.find((cell) => cell !== limit && bearerHeading.test(text(cell)));
  const worded = heads.filter(
    (cell) => cell !== limit && taskHeading.test(text(cell)) && !bearerHeading.test(text(cell).slice(0, 2)),
  );
  // 类别 | 数量 | 完成时限 | 责任单位: without a column of tasks the first one names them.
  const first = heads.find((cell) => cell !== limit && cell !== bearer && !/^(?:序号|编号)$/u.test(text(cell)));
  const tasks = worded.length > 0 || !first || !bearer ? worded : [first];
  const at = (row: number, column: number) =>
    table.cells.find((c) => c.column === column && c.row <= row && row < c.row + c.rowSpan && c.row > 0);
  const year = issueDate ? Number(issueDate.slice(0, 4)) : null;
  const found: Deadline[] = [];
  for (let row = 1; row < table.rowCount; row++) {
    const cell = at(row, limit.column);
    if (!cell || cell.row !== row) continue;
    const words = textOf(flow, cell);
    const [expression] = findDueExpressions(/[前内底]\s*$/u.test(words) ? words : `${words}前`, {
      issueDate,
      year,
      month: null,
    });
    // The last of the task columns says most: 重点任务 | 具体措施.
    const task = tasks.map((head) => at(row, head.column)).findLast((c) => text(c) !== '');
    if (!expression || !task) continue;
    found.push({
      task: text(task),
      due: expression.due,
      time: expression.time,
      assumed: expression.assumed,
      responsible: bearer ? text(at(row, bearer.column)) || null : null,
      recipient: null,
      evidence: [evidenceAt(flow, cell, 0.9), evidenceAt(flow, task, 0.9)],
    });
  }
  return found;
}
