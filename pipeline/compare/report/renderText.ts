import type { Report } from './report.ts';

/** Rows of one table in a terminal. */
const rowLimit = 200;

/** The report as plain lines for a terminal: what changed first, unchanged entries only counted. */
export function renderText(report: Report): string {
  const lines = [report.title, ...report.lines];
  for (const table of report.tables) {
    if (!table.onPaper || table.rows.length === 0) continue;
    const changed = table.rows.filter((row) => row[0]?.tone !== 'kept');
    lines.push('', `【${table.name}】${table.note ?? ''}`);
    for (const row of changed.slice(0, rowLimit)) {
      const cells = row.slice(0, 5).map((cell) => cell.text.replace(/\s*\n\s*/g, ' '));
      lines.push(`  ${cells.map((text) => (text.length > 60 ? `${text.slice(0, 59)}…` : text)).join(' | ')}`);
    }
    const kept = table.rows.length - changed.length;
    if (kept > 0) lines.push(`  （另有${kept}项无变化）`);
    if (changed.length > rowLimit) lines.push(`  （另有${changed.length - rowLimit}项未列出）`);
  }
  return `${lines.join('\n')}\n`;
}
