import { memo, useEffect, useMemo, useRef } from 'react';
import type { PlacedFact } from './facts.ts';
import { type SelectedPlace, useSelectedPlace } from './marking/useSelectedPlace.ts';
import { type Segment, segmentsOf } from './segments.ts';
import { showPlace } from './showPlace.ts';
import { useChosenByClick } from './useChosenByClick.ts';

interface TextViewProps {
  readonly text: string;
  readonly facts: readonly PlacedFact[];
  readonly chosen: string | null;
  /** Changes with every choice, so that the same fact chosen again is shown again. */
  readonly turn: number;
  readonly onChoose: (key: string) => void;
  /** Told what somebody selects in the text. */
  readonly onSelect?: (place: SelectedPlace) => void;
}

const nothing = () => {};

/** The flowing text of a file. Facts are marked faintly, the chosen one strongly; a click on one chooses it. */
export function TextView({ text, facts, chosen, turn, onChoose, onSelect = nothing }: TextViewProps) {
  const area = useRef<HTMLElement>(null);
  const quiet = facts.some((fact) => fact.quiet && fact.key === chosen) ? chosen : null;
  const lines = useMemo(() => {
    const marked = facts.filter((fact) => !fact.quiet || fact.key === quiet);
    return linesOf(text, segmentsOf(text.length, marked));
  }, [text, facts, quiet]);
  useChosenByClick(area, onChoose);
  useSelectedPlace(area, text, onSelect);
  useEffect(() => {
    if (turn === 0) return;
    showPlace(area.current?.querySelector('.place-chosen'));
  }, [turn]);
  return (
    <section ref={area} className="text-view" aria-label="全文">
      {lines.map((line) => (
        <Line
          key={line.start}
          text={text}
          line={line}
          chosen={chosen !== null && line.segments.some((segment) => segment.keys.includes(chosen)) ? chosen : null}
        />
      ))}
    </section>
  );
}

interface TextLine {
  readonly start: number;
  readonly segments: readonly Segment[];
}

const Line = memo(function Line({
  text,
  line,
  chosen,
}: {
  readonly text: string;
  readonly line: TextLine;
  readonly chosen: string | null;
}) {
  return (
    <p data-start={line.start}>
      {line.segments.map((segment) => {
        const part = text.slice(segment.start, segment.end);
        const [first] = segment.keys;
        if (first === undefined) return part;
        const isChosen = chosen !== null && segment.keys.includes(chosen);
        return isChosen ? (
          <mark key={segment.start} className="place place-chosen" data-keys={segment.keys.join(' ')}>
            {part}
          </mark>
        ) : (
          <span key={segment.start} className="place" data-keys={segment.keys.join(' ')}>
            {part}
          </span>
        );
      })}
    </p>
  );
});

function linesOf(text: string, segments: readonly Segment[]): readonly TextLine[] {
  const lines: TextLine[] = [];
  let at = 0;
  let index = 0;
  for (const line of text.split('\n')) {
    const end = at + line.length;
    const own: Segment[] = [];
    while (index < segments.length && (segments[index]?.end ?? 0) <= at) index++;
    for (let i = index; i < segments.length; i++) {
      const segment = segments[i];
      if (segment === undefined || segment.start >= end) break;
      const start = Math.max(at, segment.start);
      const stop = Math.min(end, segment.end);
      if (stop > start) own.push({ start, end: stop, keys: segment.keys });
    }
    lines.push({ start: at, segments: own });
    at = end + 1;
  }
  return lines;
}
