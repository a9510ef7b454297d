import { NextResponse } from 'next/server';
import type { NextRequest } from 'next/server';
import { browserAddress, currentSession } from '#lib/access/index';
import { config as environment } from '#lib/config';
import { acceptRequestId, withContext } from '#lib/observability/index';
import { isHttps } from './app/api/cookies.ts';
import { securityHeaders } from './app/api/headers.ts';

// Not a guard: each page and handler checks for itself who may see it. The API and the board are left out because
// handle() does all this for them; without the proxy's copy of each body they are faster and uploads are not cut.
export const config = {
  matcher: ['/((?!api/|api$|board/|board$|_next/static/|_next/image|favicon.ico$|icon.svg$).*)'],
};

/** Renews the session of pages, which cannot set cookies themselves, and gives each page its nonce and headers. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const requestId = acceptRequestId(request.headers.get('x-request-id'));
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString('base64');
  const https = isHttps(request);
  const policy = pagePolicy(nonce, request.headers.get('host'));

  const { set } = await withContext({ requestId }, () => currentSession(request.cookies.getAll(), https));
  for (const { name, value } of set) {
    if (value) request.cookies.set(name, value);
    else request.cookies.delete(name);
  }

  const headers = new Headers(request.headers);
  headers.set('x-request-id', requestId);
  headers.set('x-nonce', nonce);
  headers.set('x-taskdeck-path', request.nextUrl.pathname + request.nextUrl.search);
  // Next reads the nonce for its own scripts from here.
  headers.set('content-security-policy', policy);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  for (const [name, value] of Object.entries(securityHeaders({ https, requestId }))) response.headers.set(name, value);
  for (const { name, value, options } of set) response.cookies.set(name, value, options);
  return response;
}

function pagePolicy(nonce: string, host: string | null): string {
  const { SUPABASE_URL, SUPABASE_PUBLIC_URL } = environment();
  const supabase = new URL(browserAddress({ supabaseUrl: SUPABASE_URL, publicUrl: SUPABASE_PUBLIC_URL, host })).origin;
  // React's development build evaluates strings for its error overlay.
  const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : '';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    "style-src 'self' 'unsafe-inline'",
    `connect-src 'self' ${supabase} ${supabase.replace(/^http/, 'ws')}`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "form-action 'self'",
  ].join('; ');
}
