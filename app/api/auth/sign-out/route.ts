import { readSession, sessionCookies, signOut } from '#lib/access/index';
import { appendCookies, isHttps, requestCookies } from '../../cookies.ts';
import { handle } from '../../handle.ts';

const doc = { summary: 'Sign out', status: 204, response: null };

// Public: who has no valid session any more must still be able to get rid of its cookie.
export const POST = handle({ role: 'public', route: '/api/auth/sign-out', doc }, async ({ request }) => {
  const cookies = requestCookies(request);
  const session = await readSession(cookies);
  if (session) await signOut(session);
  const response = new Response(null, { status: 204 });
  appendCookies(response.headers, sessionCookies(null, cookies, isHttps(request)));
  return response;
});
