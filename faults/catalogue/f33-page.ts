import { createClient } from '@supabase/supabase-js';
import { createLocalKeys } from '../../supabase/local/keys.ts';
import { startGateway } from '../../supabase/local/gateway.ts';
import { ensureUser } from '../../supabase/local/users.ts';
import { freePort } from '../../scripts/start/free-port.ts';
import { startLoad } from '../lab/load.ts';
import { openPage } from '../lab/page.ts';
import { openProxy, type ProxyMode } from '../lab/tcp-proxy.ts';
import type { Trial } from '../lab/trial.ts';
import { until } from '../lab/until.ts';
import type { Fault } from './fault.ts';

/** Slower than this the page would poll: see the interval of its fallback. */
const convergeLimitMs = 60_000;

const harms: ProxyMode[] = [
  { kind: 'reset' },
  { kind: 'blackhole' },
  { kind: 'half-open', held: 'reply' },
  { kind: 'delay', ms: 400, jitterMs: 400 },
  { kind: 'refuse' },
];

/** Someone who may look, as Auth knows them. */
async function signIn(trial: Trial, gatewayUrl: string, publishableKey: string): Promise<string> {
  const email = 'viewer@faults.local';
  const password = 'only-looks';
  const { id } = await ensureUser({ adminUrl: trial.cluster.adminUrl(trial.databaseName), email, password });
  await trial.sql`insert into members (user_id, email, role) values (${id}, ${email}, 'viewer')`;
  const client = createClient(gatewayUrl, publishableKey, { auth: { persistSession: false, autoRefreshToken: false } });
  const { data, error } = await client.auth.signInWithPassword({ email, password });
  if (error) throw error;
  return data.session.access_token;
}

export const pageDisturbed: Fault = {
  id: 'F33',
  title: "the page's line is dropped, held, slow and refused; what it shows still comes true",
  async run(trial) {
    const keys = createLocalKeys();
    const gateway = await startGateway({
      ...keys,
      host: '127.0.0.1',
      port: await freePort(),
      adminUrl: trial.cluster.adminUrl(trial.databaseName),
      jwtSecret: trial.cluster.jwtSecret,
    });
    const line = await openProxy(gateway.port);
    trial.proxies.push(line);
    await trial.keep('web');
    await trial.keep('worker');
    const token = await signIn(trial, gateway.url, keys.publishableKey);
    const page = openPage({
      gatewayUrl: `http://127.0.0.1:${line.port}`,
      publishableKey: keys.publishableKey,
      token,
      fetchPage: () => trial.client.list(100),
    });
    try {
      await until('the page to be live', async () => page.joins() > 0);
      const load = startLoad(trial.client, {
        tasks: trial.size(80, 95),
        work: () => ({ ms: trial.random.whole(0, 4_000) }),
        perSecond: 4,
      });
      for (const harm of harms) {
        const id = await trial.client.submit({ ms: 1_500 });
        await line.set(harm);
        await until('its task to end unseen', async () => {
          const ended = await trial.sql`select from tasks where id = ${id ?? null} and finished_at is not null`;
          return ended.length > 0;
        });
        trial.hit(line.hits());
        await line.set({ kind: 'pass' });
        const healed = performance.now();
        const isShown = () => page.rows().some((row) => row.id === id && row.finishedAt !== null);
        await until(`the page to show it after ${harm.kind}`, async () => isShown(), convergeLimitMs);
        trial.recoveries.push(performance.now() - healed);
      }
      await load.done;
      const started = performance.now();
      await until('the page to show what is true', async () => sameRows(trial, page.rows()), convergeLimitMs);
      trial.recoveries.push(performance.now() - started);
      trial.expect(`it joined again (${page.joins()} joins)`, page.joins() > 1);
      trial.expect(`no row went back to an older version (${page.setbacks()} did)`, page.setbacks() === 0);
    } finally {
      page.close();
      await gateway.stop();
    }
  },
};

/** All has ended, and each row that the page shows is the row that stands in Postgres. */
async function sameRows(trial: Trial, shown: { id: string; state: string; version: number }[]): Promise<boolean> {
  const rows = await trial.sql<{ id: string; state: string; version: number }[]>`
    select id, state, version from tasks order by id desc limit 100`;
  const ended = await trial.sql`select from tasks where finished_at is null limit 1`;
  const text = (list: typeof shown) =>
    JSON.stringify(list.map(({ id, state, version }) => [id, state, version]).sort());
  return ended.length === 0 && text(rows) === text(shown.slice(0, 100));
}
