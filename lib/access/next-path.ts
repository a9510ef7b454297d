/** Where to go after signing in, if `next` is a path of ours; else the start page. */
export function safeNextPath(next: unknown): string {
  if (typeof next !== 'string' || next.length > 2_000 || !/^\/(?![/\\])/.test(next)) return '/';
  // Browsers drop tabs and newlines and read "\" as "/": only what stays on our origin after that is ours.
  const here = 'http://taskdeck.invalid';
  const url = URL.parse(next, here);
  if (url?.origin !== here || url.pathname.startsWith('//') || url.pathname.startsWith('/sign-in')) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
