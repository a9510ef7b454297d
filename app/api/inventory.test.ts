import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { declared } from './handle.ts';
import type { DeclaredHandler } from './handle.ts';

// The list of routes comes from the disk: a new one cannot escape.
const root = join(process.cwd(), 'app');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|\/)route\.tsx?$/.test(file))
  .sort();

const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The least role a method of a route needs. To add a route, add it here: that is the review of who may call it. */
const expected: Record<string, Record<string, string>> = {
  'api/[[...rest]]/route.ts': { GET: 'public', POST: 'public', PUT: 'public', PATCH: 'public', DELETE: 'public' },
  'api/audit/actions/route.ts': { GET: 'admin' },
  'api/audit/route.ts': { GET: 'admin' },
  'api/auth/change-password/route.ts': { POST: 'viewer' },
  'api/auth/sign-in/route.ts': { POST: 'public' },
  'api/auth/sign-out/route.ts': { POST: 'public' },
  'api/bulk/[id]/cancel/route.ts': { POST: 'operator' },
  'api/bulk/[id]/route.ts': { GET: 'viewer' },
  'api/bulk/preview/route.ts': { POST: 'operator' },
  'api/bulk/route.ts': { GET: 'viewer', POST: 'operator' },
  'api/dead-letters/route.ts': { GET: 'viewer' },
  'api/definitions/[name]/activate/route.ts': { POST: 'admin' },
  'api/definitions/[name]/deactivate/route.ts': { POST: 'admin' },
  'api/definitions/[name]/route.ts': { PATCH: 'admin' },
  'api/definitions/[name]/recent-payloads/route.ts': { GET: 'viewer' },
  'api/definitions/route.ts': { GET: 'viewer' },
  'api/files/[id]/route.ts': { GET: 'viewer' },
  'api/files/route.ts': { POST: 'operator' },
  'api/health/route.ts': { GET: 'public' },
  'api/keys/[id]/route.ts': { DELETE: 'admin' },
  'api/keys/route.ts': { GET: 'admin', POST: 'admin' },
  'api/members/[id]/route.ts': { PATCH: 'admin', DELETE: 'admin' },
  'api/members/route.ts': { GET: 'admin', POST: 'admin' },
  'api/metrics/route.ts': { GET: 'admin' },
  'api/openapi.json/route.ts': { GET: 'viewer' },
  'api/overview/route.ts': { GET: 'viewer' },
  'api/pools/[id]/scale/route.ts': { POST: 'admin' },
  'api/pools/[id]/start/route.ts': { POST: 'admin' },
  'api/pools/[id]/stop/route.ts': { POST: 'admin' },
  'api/pools/route.ts': { GET: 'viewer' },
  'api/queues/[name]/drain/route.ts': { POST: 'operator' },
  'api/queues/[name]/pause/route.ts': { POST: 'operator' },
  'api/queues/[name]/resume/route.ts': { POST: 'operator' },
  'api/queues/[name]/route.ts': { GET: 'viewer', PATCH: 'admin' },
  'api/queues/route.ts': { GET: 'viewer', POST: 'admin' },
  'api/realtime/token/route.ts': { GET: 'viewer' },
  'api/stats/definitions/route.ts': { GET: 'viewer' },
  'api/stats/queues/route.ts': { GET: 'viewer' },
  'api/stats/route.ts': { GET: 'viewer' },
  'api/tasks/[id]/archive/route.ts': { POST: 'operator' },
  'api/tasks/[id]/audit/route.ts': { GET: 'viewer' },
  'api/tasks/[id]/cancel/route.ts': { POST: 'operator' },
  'api/tasks/[id]/dismiss/route.ts': { POST: 'operator' },
  'api/tasks/[id]/graph/route.ts': { GET: 'viewer' },
  'api/tasks/[id]/logs/route.ts': { GET: 'viewer' },
  'api/tasks/[id]/pause/route.ts': { POST: 'operator' },
  'api/tasks/[id]/redrive/route.ts': { POST: 'operator' },
  'api/tasks/[id]/resume/route.ts': { POST: 'operator' },
  'api/tasks/[id]/retry/route.ts': { POST: 'operator' },
  'api/tasks/[id]/revisions/route.ts': { GET: 'viewer' },
  'api/tasks/[id]/route.ts': { GET: 'viewer' },
  'api/tasks/[id]/wait/route.ts': { GET: 'viewer' },
  'api/tasks/[id]/unarchive/route.ts': { POST: 'operator' },
  'api/tasks/[id]/undismiss/route.ts': { POST: 'operator' },
  'api/tasks/export/route.ts': { GET: 'viewer' },
  'api/tasks/facets/route.ts': { GET: 'viewer' },
  'api/tasks/suggest/route.ts': { GET: 'viewer' },
  'api/tasks/batch/route.ts': { POST: 'operator' },
  'api/tasks/purge/route.ts': { POST: 'admin' },
  'api/tasks/route.ts': { GET: 'viewer', POST: 'operator' },
  'api/templates/[id]/route.ts': { PATCH: 'operator', DELETE: 'operator' },
  'api/templates/route.ts': { GET: 'viewer', POST: 'operator' },
  'api/views/[id]/route.ts': { PATCH: 'viewer', DELETE: 'viewer' },
  'api/views/route.ts': { GET: 'viewer', POST: 'viewer' },
  'api/workers/[id]/drain/route.ts': { POST: 'admin' },
  'api/workers/[id]/pause/route.ts': { POST: 'admin' },
  'api/workers/[id]/restart/route.ts': { POST: 'admin' },
  'api/workers/[id]/resume/route.ts': { POST: 'admin' },
  'api/workers/[id]/route.ts': { PATCH: 'admin' },
  'api/workers/route.ts': { GET: 'viewer' },
  'board/[[...path]]/route.ts': { GET: 'admin', POST: 'admin', PUT: 'admin', PATCH: 'admin', DELETE: 'admin' },
};

test('every route on the disk is in the table, and the other way round', () => {
  expect(files).toEqual(Object.keys(expected).sort());
});

test.each(files)('%s declares who may call each of its methods', async (file) => {
  const exported = Object.entries((await import(join(root, file))) as Record<string, DeclaredHandler>);
  expect(exported.length).toBeGreaterThan(0);
  const roles: Record<string, string> = {};
  for (const [method, handler] of exported) {
    expect(methods).toContain(method);
    // Only handle() puts this there: a bare function has no authorization and fails here.
    expect(handler[declared]).toBeDefined();
    roles[method] = handler[declared].role;
    expect(handler[declared].route).toBe(templateOf(file));
  }
  expect(roles).toEqual(expected[file]);
});

test('no route changes state on GET: only public or reading verbs are behind it', () => {
  // A viewer changes what is its own: views that nobody else sees, and its password.
  const own = ['api/views/route.ts', 'api/auth/change-password/route.ts'];
  const weaker = Object.entries(expected).filter(
    ([file, roles]) => roles.GET === 'operator' || (roles.POST === 'viewer' && !own.includes(file)),
  );
  expect(weaker).toEqual([]);
});

const templateOf = (file: string): string =>
  `/${file.replace(/\/route\.ts$/, '')}`.replace('/[[...rest]]', '/*').replace('/[[...path]]', '');
