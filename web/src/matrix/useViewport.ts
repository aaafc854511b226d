import { useEffect, useRef, useState } from 'react';

interface Viewport {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/** What of a scrolling element is in sight, in pixels of its content. */
export function useViewport(): [(element: HTMLElement | null) => void, Viewport, HTMLElement | null] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [view, setView] = useState<Viewport>({ top: 0, left: 0, width: 1200, height: 600 });
  const frame = useRef(0);
  useEffect(() => {
    if (element === null) return;
    const measure = () => {
      cancelAnimationFrame(frame.current);
      frame.current = requestAnimationFrame(() =>
        setView({
          top: element.scrollTop,
          left: element.scrollLeft,
          width: element.clientWidth,
          height: element.clientHeight,
        }),
      );
    };
    measure();
    const sized = new ResizeObserver(measure);
    sized.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      cancelAnimationFrame(frame.current);
      sized.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [element]);
  return [setElement, view, element];
}
