/** A text without what stands between two marks (comments), marks included; one that is never closed is left as it stands. */
export function withoutSpans(text: string, open: string, close: string): string {
  let result = '';
  let from = 0;
  for (let start = text.indexOf(open); start !== -1; start = text.indexOf(open, from)) {
    const end = text.indexOf(close, start + open.length);
    if (end === -1) break;
    result += text.slice(from, start);
    from = end + close.length;
  }
  return from === 0 ? text : result + text.slice(from);
}
