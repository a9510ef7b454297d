/** Those that the connection is made of; a caller who sets them could smuggle a second request. */
const ownedByClient = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const namePattern = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
const valuePattern = /^[\t\x20-\x7e\x80-\xff]{0,8000}$/;

/**
 * Says what is wrong with a request header, if anything: a name or value that would break out of its line, or a
 * header that the client sets itself.
 *
 * @returns null when it may be sent.
 */
export function headerProblem(name: string, value: string): string | null {
  if (!namePattern.test(name)) return 'a header name is 1 to 100 letters, digits or "-", without spaces or line breaks';
  if (!valuePattern.test(value))
    return `the value of "${name}" holds a line break or another character that a header cannot carry, or is longer than 8,000`;
  const lower = name.toLowerCase();
  if (ownedByClient.has(lower) || lower.startsWith('proxy-'))
    return `"${name}" belongs to the connection and is set by Taskdeck`;
  return null;
}
