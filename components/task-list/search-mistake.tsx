/** What is wrong with a search, and where. */
export type Mistake = { text: string; message: string; at: number; length: number };

/** Says it in words, and marks the place in the search itself. */
export function SearchMistake({ id, mistake }: { id: string; mistake: Mistake }) {
  const { text, message, at, length } = mistake;
  const end = at + Math.max(1, length);
  return (
    <div id={id} role="alert" className="mt-1.5 text-xs text-destructive">
      <p>{message}</p>
      <p className="mt-0.5 line-clamp-2 pb-1 font-mono break-all whitespace-pre-wrap text-muted-foreground">
        {text.slice(0, at)}
        <mark className="bg-transparent text-destructive underline decoration-wavy underline-offset-2">
          {text.slice(at, end) || '\u00a0'}
        </mark>
        {text.slice(end)}
      </p>
    </div>
  );
}
