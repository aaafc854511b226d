/** A reference for what scrolls: it must be reached by the keyboard as well. */
export function reachable(element: HTMLElement | null): void {
  if (element !== null) element.tabIndex = 0;
}
