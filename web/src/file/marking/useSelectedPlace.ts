import { type RefObject, useEffect } from 'react';

/** Words of the text that somebody selected. Offsets are those of the extraction. */
export interface SelectedPlace {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** Longer than any fact is. */
const longest = 2_000;

/** Tells what is selected within the text, by mouse or keyboard. What is selected elsewhere leaves it as it was. */
export function useSelectedPlace(
  area: RefObject<HTMLElement | null>,
  text: string,
  onSelect: (place: SelectedPlace) => void,
): void {
  useEffect(() => {
    const tell = () => {
      const selection = getSelection();
      if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return;
      const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
      const from = offsetOf(area.current, startContainer, startOffset);
      const to = offsetOf(area.current, endContainer, endOffset);
      if (from === null || to === null) return;
      const printed = text.slice(from, to);
      const quote = printed.trim();
      if (quote === '' || quote.length > longest) return;
      const start = from + printed.indexOf(quote);
      onSelect({ start, end: start + quote.length, quote });
    };
    document.addEventListener('selectionchange', tell);
    return () => document.removeEventListener('selectionchange', tell);
  }, [area, text, onSelect]);
}

/** The offset in the text of a place in the document, by the line that it is in: each says where it begins. */
function offsetOf(area: HTMLElement | null, node: Node, offset: number): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const line = element?.closest<HTMLElement>('[data-start]') ?? null;
  if (area === null || line === null || !area.contains(line)) return null;
  const before = document.createRange();
  before.setStart(line, 0);
  before.setEnd(node, offset);
  return Number(line.dataset.start) + before.toString().length;
}
