/** Two readings of one line, with what differs marked. */
export function Readings({ text, alternative }: { readonly text: string; readonly alternative: string }) {
  const [from, end, other] = differing(text, alternative);
  return (
    <span className="readings">
      <span className="reading-line">
        <span className="faint">采用　</span>
        <Line text={text} from={from} to={end} />
      </span>
      <span className="reading-line">
        <span className="faint">另一读　</span>
        <Line text={alternative} from={from} to={other} />
      </span>
    </span>
  );
}

function Line({ text, from, to }: { readonly text: string; readonly from: number; readonly to: number }) {
  return (
    <>
      {text.slice(0, from)}
      {to > from && <mark>{text.slice(from, to)}</mark>}
      {text.slice(to)}
    </>
  );
}

/** Where two texts begin to differ, and where each begins to be the same again. */
function differing(a: string, b: string): readonly [from: number, endOfA: number, endOfB: number] {
  let from = 0;
  while (from < Math.min(a.length, b.length) && a[from] === b[from]) from++;
  let same = 0;
  while (same < Math.min(a.length, b.length) - from && a[a.length - 1 - same] === b[b.length - 1 - same]) same++;
  return [from, a.length - same, b.length - same];
}
