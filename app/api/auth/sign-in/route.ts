import { sessionCookies, signIn, signInSchema } from '#lib/access/index';
import { parseInput } from '#lib/json/index';
import { memberSchema } from '#lib/openapi/index';
import { z } from 'zod';
import { readJson } from '../../body.ts';
import { appendCookies, isHttps, requestCookies } from '../../cookies.ts';
import { handle } from '../../handle.ts';
import { clientIp } from '../../request.ts';

const doc = {
  summary: 'Sign in and get a session cookie',
  description: 'For pages. A program uses an API key instead.',
  body: signInSchema,
  example: { email: 'ada@example.org', password: 'correct horse battery staple' },
  response: z.object({ member: memberSchema }),
};

export const POST = handle({ role: 'public', route: '/api/auth/sign-in', doc }, async ({ request }) => {
  const input = parseInput(signInSchema, await readJson(request), 'Address or password is missing.');
  const { session, member } = await signIn(input, clientIp(request));
  const response = Response.json({ member: { id: member.id, email: member.email, role: member.role } });
  appendCookies(response.headers, sessionCookies(session, requestCookies(request), isHttps(request)));
  return response;
});
