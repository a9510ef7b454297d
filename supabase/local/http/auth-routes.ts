/**
 * What of Auth is served: to sign in with a password, to stay signed in, to sign out. One-time codes (/otp, /magiclink,
 * /recover, /resend, /verify) are not: no mail is sent here, and lite lets six digits be guessed without end.
 */
const SERVED = new Set([
  'POST /auth/v1/token',
  'POST /auth/v1/logout',
  'GET /auth/v1/user',
  'GET /auth/v1/.well-known/jwks.json',
]);

/** True for a call that lite may answer. `pathname` as lite sees it: whatever is written otherwise is not served. */
export function servesAuth(method: string, pathname: string): boolean {
  return SERVED.has(`${method} ${pathname}`);
}
