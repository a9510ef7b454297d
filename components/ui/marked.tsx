/** A text with every occurrence of `query` marked, whatever the case. */
export function Marked({ text, query }: { text: string; query: string }) {
  if (query === '') return text;
  const parts: { text: string; hit: boolean }[] = [];
  const lower = text.toLowerCase();
  const wanted = query.toLowerCase();
  // Where small letters are longer than their capitals, places would not agree: then nothing is marked.
  if (lower.length !== text.length) return text;
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0 && parts.length < 200; at = lower.indexOf(wanted, from)) {
    parts.push({ text: text.slice(from, at), hit: false }, { text: text.slice(at, at + wanted.length), hit: true });
    from = at + wanted.length;
  }
  return (
    <>
      {parts.map((part, index) =>
        part.hit ? (
          <mark key={index} className="rounded-[2px] bg-warn/35 text-inherit">
            {part.text}
          </mark>
        ) : (
          part.text
        ),
      )}
      {text.slice(from)}
    </>
  );
}
