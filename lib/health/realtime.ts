import { config } from '#lib/config';
import type { Part } from './part.ts';

/**
 * The embedded stack's own health, Realtime gateway included. A hosted project has no such address and a status page
 * of its own, so it is not asked.
 */
export async function checkRealtime(): Promise<Part> {
  const url = new URL('/health', config().SUPABASE_URL);
  if (!['localhost', '127.0.0.1', '[::1]'].includes(url.hostname))
    return { ok: true, detail: 'is hosted elsewhere: not checked' };
  const response = await fetch(url, { redirect: 'error', cache: 'no-store', signal: AbortSignal.timeout(2_000) });
  await response.body?.cancel();
  // The Supabase CLI's stack stands on loopback too and answers 404 here: it is up.
  return response.status < 500 ? { ok: true, detail: 'answers' } : { ok: false, detail: `answers ${response.status}` };
}
