import { type RefObject, useEffect } from 'react';

/**
 * A click on a place chooses the fact that stands there. The places themselves are no buttons: who uses the keyboard has
 * every fact in the list beside them.
 */
export function useChosenByClick(area: RefObject<HTMLElement | null>, onChoose: (key: string) => void): void {
  useEffect(() => {
    const element = area.current;
    const choose = (event: MouseEvent) => {
      if (!(event.target instanceof Element) || !getSelection()?.isCollapsed) return;
      const keys = event.target.closest<HTMLElement>('[data-keys]')?.dataset.keys?.split(' ');
      if (keys?.[0] !== undefined) onChoose(keys[0]);
    };
    element?.addEventListener('click', choose);
    return () => element?.removeEventListener('click', choose);
  }, [area, onChoose]);
}
