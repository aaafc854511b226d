/** A text with the words of a search marked. */
export function Marked({ text, query }: { readonly text: string; readonly query: string }) {
  const words = [...query.matchAll(/(-?)(?:["“]([^"”]*)["”]|([^\s"]+))/g)]
    .filter((match) => match[1] !== '-')
    .map((match) => match[2] ?? match[3] ?? '')
    .filter((word) => word !== '');
  if (words.length === 0) return text;
  const pattern = new RegExp(`(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'gi');
  let at = 0;
  return text.split(pattern).map((part, index) => {
    const key = at;
    at += part.length;
    return index % 2 === 1 ? <mark key={`m${key}`}>{part}</mark> : <span key={`t${key}`}>{part}</span>;
  });
}
