import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { browserAddress, memberOf, readSession, verifyUserToken } from '#lib/access/index';
import type { Actor } from '#lib/access/index';
import { config } from '#lib/config';

// For server components. They cannot set cookies, so nothing here refreshes a session: proxy.ts has done it by now.

/** Who looks at the page; null when nobody is signed in, or one who is not a member. Asked once a request. */
export const currentMember = cache(async (): Promise<Actor | null> => {
  const session = await readSession((await cookies()).getAll());
  const claims = session ? await verifyUserToken(session.accessToken) : null;
  return claims ? memberOf(claims.userId) : null;
});

/** Who looks at the page; sends everybody else to sign in and back. Each page and page data function calls it itself. */
export async function requireMember(): Promise<Actor> {
  const member = await currentMember();
  if (member) return member;
  const path = (await headers()).get('x-taskdeck-path') ?? '/';
  redirect(`/sign-in?next=${encodeURIComponent(path)}`);
}

/** What the browser's Supabase client needs: an address that it can reach, and the key that is no secret. */
export async function supabaseForBrowser(): Promise<{ url: string; publishableKey: string }> {
  const { SUPABASE_URL, SUPABASE_PUBLIC_URL, SUPABASE_PUBLISHABLE_KEY } = config();
  const host = (await headers()).get('host');
  return {
    url: browserAddress({ supabaseUrl: SUPABASE_URL, publicUrl: SUPABASE_PUBLIC_URL, host }),
    publishableKey: SUPABASE_PUBLISHABLE_KEY,
  };
}

/** The request's CSP nonce, for an inline script of ours; undefined where the proxy did not run. */
export async function nonce(): Promise<string | undefined> {
  return (await headers()).get('x-nonce') ?? undefined;
}
