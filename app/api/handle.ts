import { requireRole } from '#lib/access/index';
import type { Actor, Role, Session } from '#lib/access/index';
import type { RouteDoc } from '#lib/openapi/types';
import { acceptRequestId, log, metrics, withContext } from '#lib/observability/index';
import { authenticate, bearerToken, refuseCrossSite } from './authenticate.ts';
import type { Authenticated, BearerCheck } from './authenticate.ts';
import { appendCookies, isHttps } from './cookies.ts';
import { dataHeaders, securityHeaders } from './headers.ts';
import { isTaskdeckError, problem } from './problem.ts';

type Access = Role | 'public';
type Params = Record<string, string | string[] | undefined>;

/** What a route declares about itself. Nothing has a default: a route without a role does not compile. */
type Declaration<A extends Access> = {
  /** The least role that may call it; `public` for everybody. */
  role: A;
  /** The template of its path, for the metric: never the path itself, which holds ids. */
  route: string;
  /** Accepts another bearer token than an API key. */
  bearer?: BearerCheck;
  /** A page that people open in a browser: who is not signed in is sent to sign in. */
  page?: boolean;
  /** What the API's document says of it; a test asks it of every route under /api. */
  doc?: RouteDoc;
};

type Call<A extends Access> = {
  request: Request;
  params: Params;
  requestId: string;
  actor: A extends 'public' ? null : Actor;
  /** The person's session; null for an API key. */
  session: Session | null;
};

type Handler = (request: Request, context?: { params: Promise<Params> }) => Promise<Response>;

/** How the inventory test knows a handler that went through here. */
export const declared = Symbol('declared by handle()');
export type DeclaredHandler = Handler & { [declared]: Pick<Declaration<Access>, 'role' | 'route' | 'doc'> };

/**
 * Makes a route handler: who may call it is checked here, in the handler itself, because whatever runs before it has
 * been bypassed before. Adds the request id, log context, metric, security headers and problem JSON for errors.
 */
export function handle<A extends Access>(
  declaration: Declaration<A>,
  run: (call: Call<A>) => Response | Promise<Response>,
): DeclaredHandler {
  const handler: Handler = async (request, context) => {
    const started = performance.now();
    const requestId = acceptRequestId(request.headers.get('x-request-id'));
    return withContext({ requestId }, async () => {
      // Kept apart from the answer: a renewed session reaches the browser even when the request then fails.
      let renewed: Authenticated['set'] = [];
      let response: Response;
      try {
        const { actor, session, set } = await authorize(declaration, request);
        renewed = set;
        if (actor && declaration.role !== 'public') requireRole(actor, declaration.role);
        const call = { request, params: (await context?.params) ?? {}, requestId, actor, session } as Call<A>;
        response = await withContext(actor?.kind === 'user' ? { userId: actor.id } : {}, async () => run(call));
      } catch (error) {
        response = signInRedirect(declaration, request, error) ?? problem(error, requestId);
      }
      observe(declaration.route, request.method, response.status, performance.now() - started);
      return finish(response, request, requestId, renewed);
    });
  };
  const { role, route, doc } = declaration;
  return Object.assign(handler, { [declared]: { role, route, ...(doc && { doc }) } });
}

async function authorize(
  declaration: Declaration<Access>,
  request: Request,
): Promise<Authenticated | (Omit<Authenticated, 'actor'> & { actor: null })> {
  if (declaration.role !== 'public') return authenticate(request, declaration.bearer);
  if (bearerToken(request) === null) refuseCrossSite(request);
  return { actor: null, session: null, set: [] };
}

function signInRedirect({ page }: Declaration<Access>, request: Request, error: unknown): Response | null {
  if (!page || request.method !== 'GET' || !request.headers.get('accept')?.includes('text/html')) return null;
  if (!isTaskdeckError(error) || error.code !== 'unauthenticated') return null;
  const { pathname, search } = new URL(request.url);
  return new Response(null, {
    status: 303,
    headers: { location: `/sign-in?next=${encodeURIComponent(pathname + search)}` },
  });
}

function observe(route: string, method: string, status: number, milliseconds: number): void {
  metrics.httpRequestDurationSeconds.observe(
    { route, method, status_class: `${Math.floor(status / 100)}xx` },
    milliseconds / 1000,
  );
  log[status >= 400 && status < 500 ? 'info' : 'debug']('request', {
    route,
    method,
    status,
    durationMs: Math.round(milliseconds),
  });
}

/** Adds what every answer carries; what the route set itself stays. */
function finish(response: Response, request: Request, requestId: string, renewed: Authenticated['set']): Response {
  const headers = new Headers(response.headers);
  const defaults = { ...dataHeaders, ...securityHeaders({ https: isHttps(request), requestId }) };
  for (const [name, value] of Object.entries(defaults)) if (!headers.has(name)) headers.set(name, value);
  // A route that sets the session itself has the last word: it may have ended the renewed one.
  if (!headers.has('set-cookie')) appendCookies(headers, renewed);
  return new Response(response.body, { status: response.status, headers });
}
