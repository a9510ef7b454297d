const whitespace = /[ \t\n\r]*/y;
const primitive = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const text = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/**
 * Where `source` stops being JSON, for the message about it: V8 leaves the position out of half of its own.
 * Call it only for a text that JSON.parse refused; -1 when nothing wrong is found.
 */
export function jsonErrorOffset(source: string): number {
  // The containers that are open, and what may come next: no recursion, so depth is no danger.
  const open: ('{' | '[')[] = [];
  let expects: 'value' | 'valueOrEnd' | 'keyOrEnd' | 'key' | 'next' = 'value';
  let at = 0;

  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(source)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const take = (token: string): boolean => {
    if (source[at] !== token) return false;
    at += 1;
    return true;
  };

  for (;;) {
    match(whitespace);
    if (expects === 'next') {
      const container = open.at(-1);
      if (container === undefined) return at === source.length ? -1 : at;
      if (take(',')) expects = container === '{' ? 'key' : 'value';
      else if (take(container === '{' ? '}' : ']')) open.pop();
      else return at;
      continue;
    }
    if (expects === 'key' || expects === 'keyOrEnd') {
      if (expects === 'keyOrEnd' && take('}')) {
        open.pop();
        expects = 'next';
        continue;
      }
      if (!match(text)) return at;
      match(whitespace);
      if (!take(':')) return at;
      expects = 'value';
      continue;
    }
    if (expects === 'valueOrEnd' && take(']')) {
      open.pop();
      expects = 'next';
    } else if (take('{')) {
      open.push('{');
      expects = 'keyOrEnd';
    } else if (take('[')) {
      open.push('[');
      expects = 'valueOrEnd';
    } else if (match(primitive) || match(text)) {
      expects = 'next';
    } else {
      return at;
    }
  }
}
