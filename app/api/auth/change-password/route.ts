import { changePassword, changePasswordSchema, sessionCookies } from '#lib/access/index';
import { parseInput } from '#lib/json/index';
import { readJson } from '../../body.ts';
import { appendCookies, isHttps, requestCookies } from '../../cookies.ts';
import { handle } from '../../handle.ts';
import { clientIp } from '../../request.ts';

const doc = {
  summary: 'Change your own password',
  description: 'For pages. Ends your other sessions; the answer sets the cookie of a new one.',
  body: changePasswordSchema,
  example: { currentPassword: 'correct horse battery staple', newPassword: 'purple monkey dishwasher' },
  status: 204,
  response: null,
};

export const POST = handle({ role: 'viewer', route: '/api/auth/change-password', doc }, async ({ actor, request }) => {
  const input = parseInput(changePasswordSchema, await readJson(request), 'The password was not changed.');
  const session = await changePassword(actor, input, clientIp(request));
  const response = new Response(null, { status: 204 });
  appendCookies(response.headers, sessionCookies(session, requestCookies(request), isHttps(request)));
  return response;
});
