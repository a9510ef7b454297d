/** A sentence in which code stands between backticks. */
export function Prose({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <code key={`${index} ${part}`} className="text-xs">
        {part}
      </code>
    ),
  );
}
