import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { PlacedFact } from '../facts.ts';
import { showPlace } from '../showPlace.ts';
import { useChosenByClick } from '../useChosenByClick.ts';

/** What every view of a document gets: the facts, which one is chosen, and what to do when one is clicked. */
export interface Shown {
  readonly facts: readonly PlacedFact[];
  readonly chosen: string | null;
  /** Changes with every choice, so that the same fact chosen again is shown again. */
  readonly turn: number;
  readonly onChoose: (key: string) => void;
}

export interface PageSize {
  readonly page: number;
  readonly width: number;
  readonly height: number;
}

interface PlacedBox {
  readonly id: string;
  readonly key: string;
  readonly page: number;
  readonly box: readonly [number, number, number, number];
}

interface PageStackProps extends Shown {
  readonly pages: readonly PageSize[];
  /** Width of a page against that of the pane, 1: the same. */
  readonly zoom: number;
  /** Draws a page that is near to being seen. */
  readonly children: (index: number) => ReactNode;
}

/** Pages one beneath the other, with a box around the chosen fact; a click on a place chooses its fact. */
export function PageStack({ pages, zoom, facts, chosen, turn, onChoose, children }: PageStackProps) {
  const area = useRef<HTMLElement>(null);
  const quiet = facts.some((fact) => fact.quiet && fact.key === chosen) ? chosen : null;
  const boxes = useMemo(() => boxesOf(facts, quiet), [facts, quiet]);
  useChosenByClick(area, onChoose);
  useEffect(() => {
    if (turn > 0) showPlace(area.current?.querySelector('.box-chosen'));
  }, [turn]);
  return (
    <section ref={area} className="pages" aria-label="原件页面" style={{ width: `${zoom * 100}%` }}>
      {pages.map((page, index) => (
        <Sheet key={page.page} size={page} boxes={boxes.filter((box) => box.page === page.page)} chosen={chosen}>
          {() => children(index)}
        </Sheet>
      ))}
    </section>
  );
}

/** Smaller boxes come last, so that they lie on top and are hit first. */
function boxesOf(facts: readonly PlacedFact[], quiet: string | null): readonly PlacedBox[] {
  const area = ([x0, y0, x1, y1]: PlacedBox['box']) => (x1 - x0) * (y1 - y0);
  return facts
    .filter((fact) => !fact.quiet || fact.key === quiet)
    .flatMap(({ key, evidence }) =>
      evidence.flatMap((one, i) =>
        (one.boxes ?? []).map((box, j) => ({ id: `${key}-${i}-${j}`, key, page: one.page, box })),
      ),
    )
    .sort((a, b) => area(b.box) - area(a.box));
}

/** Long enough that pages which only pass by are not drawn. */
const passingMs = 120;

function Sheet({
  size,
  boxes,
  chosen,
  children,
}: {
  readonly size: PageSize;
  readonly boxes: readonly PlacedBox[];
  readonly chosen: string | null;
  readonly children: () => ReactNode;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    // Far pages are not drawn: a notice with its attachments may have hundreds.
    const watcher = new IntersectionObserver(
      ([entry]) => {
        clearTimeout(waiting);
        waiting = setTimeout(() => setNear(entry?.isIntersecting === true), passingMs);
      },
      // The margin is that of the pane which scrolls; with any other root the pane would cut it off.
      { root: element.closest('.document'), rootMargin: '1000px 0px' },
    );
    watcher.observe(element);
    return () => {
      clearTimeout(waiting);
      watcher.disconnect();
    };
  }, []);
  const share = (length: number, whole: number) => `${(100 * length) / whole}%`;
  return (
    <div ref={frame} className="sheet" data-page={size.page} style={{ aspectRatio: `${size.width} / ${size.height}` }}>
      {near && children()}
      {boxes.map(({ id, key, box: [x0, y0, x1, y1] }) => (
        <div
          key={id}
          className={key === chosen ? 'box box-chosen' : 'box'}
          data-keys={key}
          style={{
            left: share(x0, size.width),
            top: share(y0, size.height),
            width: share(x1 - x0, size.width),
            height: share(y1 - y0, size.height),
          }}
        />
      ))}
      <span className="sheet-number">{size.page}</span>
    </div>
  );
}
