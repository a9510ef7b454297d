type FieldMessagesProps = { id: string; messages: string[]; hint?: string | undefined };

/** The errors of a field, or its hint while there are none. */
export function FieldMessages({ id, messages, hint }: FieldMessagesProps) {
  if (messages.length === 0) {
    return hint ? (
      <p id={id} className="text-xs text-muted-foreground">
        {hint}
      </p>
    ) : null;
  }
  return (
    <ul id={id} role="alert" className="flex flex-col gap-0.5 text-xs text-destructive">
      {messages.map((message) => (
        <li key={message} className="break-words">
          {message}
        </li>
      ))}
    </ul>
  );
}
