/** Scrolls a place of the document to the middle of its pane, and the pane into view where it is not (on a phone). */
export function showPlace(place: Element | null | undefined): void {
  const pane = place?.closest('.document');
  if (!place || !pane) return;
  const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
  const own = place.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  pane.scrollBy({ top: own.top - frame.top - (frame.height - own.height) / 2, behavior });
  if (frame.bottom < 120 || frame.top > innerHeight - 120) pane.scrollIntoView({ block: 'start', behavior });
}
