/**
 * Why a state-changing request must not act with the browser's cookie; null when it may. A form or script of
 * another site can send a cookie, but can forge neither of these headers.
 */
export function crossSiteReason(headers: Headers): string | null {
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  if (origin === null && site === null) return 'The request has neither an Origin nor a Sec-Fetch-Site header.';
  if (site !== null && site !== 'same-origin' && site !== 'none') return 'The request comes from another site.';
  if (origin !== null && !isOwnOrigin(origin, headers.get('host'))) return 'The request comes from another origin.';
  return null;
}

/** Compares host and port. Not the scheme: behind a proxy that ends TLS only the browser knows it. */
function isOwnOrigin(origin: string, host: string | null): boolean {
  // `null` is what a sandboxed frame, a data: page and some redirects send.
  if (origin === 'null' || !host || !/^[A-Za-z0-9.:[\]_-]+$/.test(host)) return false;
  const given = URL.parse(origin);
  if (!given || (given.protocol !== 'http:' && given.protocol !== 'https:') || given.origin !== origin.toLowerCase())
    return false;
  return URL.parse(`${given.protocol}//${host}`)?.host === given.host;
}
