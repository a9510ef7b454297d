type Parsed = { ok: true; value: unknown } | { ok: false; message: string };

/** Parses what a person typed; the message says where it stopped making sense. */
export function parseJson(text: string): Parsed {
  if (text.trim() === '') return { ok: false, message: 'Write a JSON value, for example {}.' };
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    return { ok: false, message: `This is not valid JSON${where(text, error)}.` };
  }
}

/** The engines word their messages differently: only a position or a character is taken from them. */
function where(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const position = /position (\d+)/.exec(message)?.[1];
  const character = /token '(.+?)'/u.exec(message)?.[1];
  if (position === undefined) return character ? `: “${character}” cannot stand where it does` : ': it ends too soon';
  const before = text.slice(0, Number(position)).split('\n');
  return ` at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
