import { useState } from 'react';
import type { Box, PageView } from '../../../../models/index.ts';

const inks = { black: '#1a1a1a', red: '#c8161d', other: '#595959' } as const;

/** A page drawn from where its lines, rules, cells, pictures and seals stand. Texts are texts: nothing in them is run. */
export function SheetDrawing({ view, pictureAddress }: { readonly view: PageView; readonly pictureAddress: string }) {
  const { page, width, height, lines, cells, rules, pictures, seals } = view;
  const [hasPicture, setHasPicture] = useState(pictures.length > 0);
  return (
    <svg
      className="sheet-drawing"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`第 ${page} 页`}
      data-drawn="true"
    >
      {hasPicture && <image href={pictureAddress} width={width} height={height} onError={() => setHasPicture(false)} />}
      {!hasPicture && pictures.map((box) => <Placeholder key={box.join()} box={box} />)}
      {cells.map((box) => (
        <rect key={box.join()} {...rectOf(box)} fill="none" stroke={inks.black} strokeWidth={0.6} />
      ))}
      {rules.map(({ box, color }) => (
        <rect key={box.join()} {...atLeast(rectOf(box), 0.7)} fill={inks[color ?? 'black']} />
      ))}
      {lines.map((line) => (
        <Line key={`${line.box.join()}${line.text}`} {...line} />
      ))}
      {seals.map(({ box, text }) => (
        <Seal key={box.join()} box={box} text={text} />
      ))}
    </svg>
  );
}

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function rectOf([x0, y0, x1, y1]: Box): Rect {
  return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
}

/** What is thinner than a hair would not be seen. */
function atLeast({ x, y, width, height }: Rect, least: number): Rect {
  return { x, y, width: Math.max(width, least), height: Math.max(height, least) };
}

function Line({ text, box, size, color, bold }: PageView['lines'][number]) {
  const [x0, y0, x1, y1] = box;
  const isUpright = y1 - y0 > (x1 - x0) * 1.8 && text.length > 1;
  const fontSize = size ?? (isUpright ? x1 - x0 : y1 - y0) * 0.95;
  const shared = { fill: inks[color ?? 'black'], fontSize, ...(bold && { fontWeight: 700 }) };
  if (isUpright) {
    return (
      <text x={(x0 + x1) / 2} y={y0} writingMode="vertical-rl" {...fitted(text, y1 - y0)} {...shared}>
        {text}
      </text>
    );
  }
  // The baseline of Chinese type stands 0.12 of the em above the foot of its square.
  return (
    <text x={x0} y={(y0 + y1) / 2 + 0.38 * fontSize} {...fitted(text, x1 - x0)} {...shared}>
      {text}
    </text>
  );
}

/** As long as in the original, whatever font is here. One character has no gaps to make longer. */
function fitted(text: string, length: number) {
  return text.length > 1 && length > 0 ? { textLength: length, lengthAdjust: 'spacingAndGlyphs' as const } : {};
}

function Seal({ box, text }: { readonly box: Box; readonly text: string | null }) {
  const { x, y, width, height } = rectOf(box);
  return (
    <g fill="none" stroke={inks.red} opacity={0.7}>
      <ellipse cx={x + width / 2} cy={y + height / 2} rx={width / 2 - 1} ry={height / 2 - 1} strokeWidth={2} />
      <text x={x + width / 2} y={y + height / 2 + 4} textAnchor="middle" fill={inks.red} stroke="none" fontSize={10}>
        {text === null ? '印章' : text.length > 10 ? `${text.slice(0, 9)}…` : text}
      </text>
      {text !== null && <title>{`印章：${text}`}</title>}
    </g>
  );
}

function Placeholder({ box }: { readonly box: Box }) {
  const { x, y, width, height } = rectOf(box);
  return (
    <g>
      <rect {...rectOf(box)} fill="#f0f0f0" stroke="#bfbfbf" strokeDasharray="4 3" />
      <text x={x + width / 2} y={y + height / 2 + 4} textAnchor="middle" fill="#595959" fontSize={10}>
        图片
      </text>
    </g>
  );
}
