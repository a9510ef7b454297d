import { sessionCookies, signIn, signInSchema } from '#lib/access/index';
import { parseInput } from '#lib/json/index';
import { readJson } from '../../body.ts';
import { appendCookies, isHttps, requestCookies } from '../../cookies.ts';
import { handle } from '../../handle.ts';
import { clientIp } from '../../request.ts';

export const POST = handle({ role: 'public', route: '/api/auth/sign-in' }, async ({ request }) => {
  const input = parseInput(signInSchema, await readJson(request), 'Address or password is missing.');
  const { session, member } = await signIn(input, clientIp(request));
  const response = Response.json({ member: { id: member.id, email: member.email, role: member.role } });
  appendCookies(response.headers, sessionCookies(session, requestCookies(request), isHttps(request)));
  return response;
});
