import { type Report, type ReportCell, type ReportTable, sidePieces, toneColors } from './report.ts';

/** Text for HTML: nothing in a notice is ever markup. */
export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replace(/[&<>"']/g, (character) => entities[character]!);
}

function cellHtml(cell: ReportCell): string {
  const tone = cell.tone === undefined ? '' : ` class="${cell.tone}"`;
  const tag = cell.side === 'left' ? 'del' : 'ins';
  const text = sidePieces(cell)
    .map((piece) => (piece.changed ? `<${tag}>${escapeHtml(piece.text)}</${tag}>` : escapeHtml(piece.text)))
    .join('');
  return `<td${tone}>${text}</td>`;
}

function tableHtml(table: ReportTable, at: number): string {
  const head = table.columns.map((column) => `<th scope="col">${escapeHtml(column.header)}</th>`).join('');
  const rows = table.rows.map((row) => `<tr>${row.map(cellHtml).join('')}</tr>`).join('\n');
  const note = table.note === null ? '' : `<p>${escapeHtml(table.note)}</p>`;
  return `<section id="t${at}"><h2>${escapeHtml(table.name)}</h2>${note}<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>
${rows}
</tbody></table></div></section>`;
}

const style = `body{font:15px/1.6 "Noto Sans SC","Microsoft YaHei",sans-serif;margin:2em auto;max-width:1400px;padding:0 1em;color:#222}
h1{font-size:1.5em}h2{font-size:1.15em;margin-top:1.8em}nav a{margin-right:1em}
.wide{overflow-x:auto;max-height:80vh}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #bbb;padding:.3em .5em;text-align:left;vertical-align:top;white-space:pre-wrap;min-width:4em}
th{background:#f2f2f2;position:sticky;top:0}
del{background:#fdd;text-decoration:line-through}ins{background:#dfd;text-decoration:underline}
${Object.entries(toneColors)
  .map(([tone, color]) => `td.${tone}{background:#${color}}`)
  .join('\n')}
@media print{.wide{overflow:visible;max-height:none}th{position:static}}`;

/** The report as one page that needs nothing else: no script, no font, no picture from anywhere. */
export function renderHtml(report: Report): string {
  const links = report.tables.map((table, at) => `<a href="#t${at}">${escapeHtml(table.name)}</a>`).join('');
  const lines = report.lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n');
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(report.title)}</title><style>${style}</style></head><body>
<h1>${escapeHtml(report.title)}</h1>
${lines}
<nav>${links}</nav>
${report.tables.map(tableHtml).join('\n')}
</body></html>
`;
}
