import { figure } from './filledGrid.tsx';

interface Point {
  readonly label: string;
  /** null: nothing was collected. */
  readonly value: number | null;
}

const size = { width: 900, height: 280, left: 104, right: 56, top: 28, bottom: 44 } as const;

/** A line over periods, with a value at each point; gaps stay gaps. What it shows stands in words for who cannot see it. */
export function LineChart({ title, points }: { readonly title: string; readonly points: readonly Point[] }) {
  const known = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const top = niceAbove(Math.max(0, ...known));
  const bottom = -niceAbove(Math.max(0, ...known.map((value) => -value)));
  const span = top - bottom || 1;
  const inner = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom };
  const x = (index: number) =>
    size.left + (points.length === 1 ? inner.width / 2 : (index / (points.length - 1)) * inner.width);
  const y = (value: number) => size.top + ((top - value) / span) * inner.height;
  const ticks = [...new Set([bottom, 0, top / 2, top])].filter((tick) => tick >= bottom && tick <= top);
  const every = Math.ceil(points.length / 12);
  const summary = points.map(({ label, value }) => `${label} ${value === null ? '无数据' : figure(value)}`).join('，');
  return (
    <svg className="chart" viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={`${title}：${summary}`}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="axis" x1={size.left - 32} x2={size.width - size.right} y1={y(tick)} y2={y(tick)} />
          <text x={size.left - 40} y={y(tick) + 4} textAnchor="end">
            {figure(tick)}
          </text>
        </g>
      ))}
      <path className="line" d={pathOf(points, x, y)} />
      {points.map(({ label, value }, index) => (
        <g key={label}>
          {value !== null && (
            <>
              <circle className="dot" cx={x(index)} cy={y(value)} r={4} />
              {index % every === 0 && (
                <text x={x(index)} y={y(value) - 10} textAnchor="middle">
                  {figure(value)}
                </text>
              )}
            </>
          )}
          {index % every === 0 && (
            <text x={x(index)} y={size.height - 16} textAnchor="middle">
              {label}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

function pathOf(points: readonly Point[], x: (index: number) => number, y: (value: number) => number): string {
  let pen = 'M';
  const parts: string[] = [];
  for (const [index, { value }] of points.entries()) {
    if (value === null) {
      pen = 'M';
      continue;
    }
    parts.push(`${pen}${x(index).toFixed(1)},${y(value).toFixed(1)}`);
    pen = 'L';
  }
  return parts.join(' ');
}

/** The next round number: 1, 2, 5, 10, 20 … */
function niceAbove(value: number): number {
  if (value <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}
