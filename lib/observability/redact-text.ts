const REDACTED = '[redacted]';

/**
 * What a secret looks like when no key names it. Every repetition is bounded, so that a hostile string of many near
 * misses stays linear in its length.
 */
const PATTERNS: ReadonlyArray<[pattern: RegExp, replacement: string]> = [
  // A data store's URL: the password may hold anything but white space, raw slashes and @ included.
  [
    /\b((?:postgres(?:ql)?|rediss?|valkeys?|mysql|mongodb(?:\+srv)?|amqps?|smtps?):\/\/)[^\s"'<>]{1,512}@/gi,
    `$1${REDACTED}@`,
  ],
  // Any other URL with user information.
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#"'<>]{1,512}@/gi, `$1${REDACTED}@`],
  [/\beyJ[\w-]{5,2048}\.[\w-]{5,4096}(?:\.[\w-]{0,2048})?/g, REDACTED],
  [/\bsb_secret_[\w-]{1,256}/g, REDACTED],
  [/\btdk_[\w-]{8,256}/g, REDACTED],
  [/\b(bearer|basic)(\s{1,8})(?=[\w.~+/=-]{0,512}[\d._~+/=-])[\w.~+/=-]{8,4096}/gi, `$1$2${REDACTED}`],
  [/\b(authorization["']?\s{0,8}[:=]\s{0,8}["']?)(?!\[redacted\]|bearer |basic )[^\s"',}]{1,4096}/gi, `$1${REDACTED}`],
  // A query string, a libpq DSN or an environment line.
  [/((?:password|passwd|secret|token|api_?key)["']?=["']?)(?!\[redacted\])[^\s&;"']{1,4096}/gi, `$1${REDACTED}`],
  // JSON inside a string.
  [
    /("[\w-]{0,64}(?:password|passwd|secret|token|api_?key|authorization)[\w-]{0,64}"\s{0,8}:\s{0,8}")(?!\[redacted\])[^"]{1,4096}/gi,
    `$1${REDACTED}`,
  ],
];

/** Nearly all text holds none of these, and is done with after one look. */
const SUSPECT = /:\/\/|eyJ|sb_secret_|tdk_|bearer|basic|authorization|passw|secret|token|api_?key/i;

/** `text` with every part that is shaped like a secret replaced by `[redacted]`. */
export function redactText(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return PATTERNS.reduce((safe, [pattern, replacement]) => safe.replace(pattern, replacement), text);
}
