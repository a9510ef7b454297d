/**
 * The gateway as a process of its own: `node supabase/local/main.ts`. It writes JSON lines to stdout; the one with
 * msg "ready" says that it listens.
 */
import { z } from 'zod';

import { LocalStackError } from './errors.ts';
import { startGateway } from './gateway.ts';
import { DEFAULT_LIMITS } from './realtime/limits.ts';
import type { Limits } from './realtime/limits.ts';
import type { LogLevel } from './realtime/services.ts';

const STOP_MS = 2_500;
const PARENT_CHECK_MS = 1_000;

const envSchema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  SUPABASE_PORT: z.coerce.number().int().min(0).max(65535).default(54321),
  SUPABASE_ADMIN_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  SUPABASE_JWT_SECRET: z.string().min(32),
  SUPABASE_PUBLISHABLE_KEY: z.string().startsWith('sb_publishable_'),
  SUPABASE_SECRET_KEY: z.string().startsWith('sb_secret_'),
  SUPABASE_JWT_EXPIRY_SECONDS: z.coerce.number().int().min(1).max(604_800).default(3600),
  SUPABASE_LIMITS: z.string().optional().transform(parseLimits),
  SITE_URL: z.url().optional(),
});

/** A JSON object that replaces some of the limits in realtime/limits.ts, for instance {"sockets":50}. */
function parseLimits(text: string | undefined, context: z.RefinementCtx): Partial<Limits> {
  try {
    return z
      .partialRecord(z.enum(Object.keys(DEFAULT_LIMITS) as [keyof Limits]), z.number().positive())
      .parse(JSON.parse(text ?? '{}'));
  } catch {
    context.addIssue('must be a JSON object of positive numbers, with names from realtime/limits.ts');
    return z.NEVER;
  }
}

function log(level: LogLevel, message: string, fields: Record<string, unknown> = {}): void {
  if (level === 'debug') return;
  process.stdout.write(
    `${JSON.stringify({ ts: new Date().toISOString(), level, msg: message, service: 'supabase', ...fields })}\n`,
  );
}

// lite tells of each refused statement here, over many lines and with the values of the row.
console.error = (...parts: unknown[]) =>
  log('warn', parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' '));

/** The names of what is wrong and why, never the values. */
function readEnv(): z.infer<typeof envSchema> {
  const parsed = envSchema.safeParse(process.env);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new LocalStackError(`The gateway's environment is not complete (${problems.join('; ')})`, 'npm start sets it.');
}

async function main(): Promise<void> {
  const env = readEnv();
  const gateway = await startGateway({
    host: env.HOST,
    port: env.SUPABASE_PORT,
    adminUrl: env.SUPABASE_ADMIN_URL,
    jwtSecret: env.SUPABASE_JWT_SECRET,
    publishableKey: env.SUPABASE_PUBLISHABLE_KEY,
    secretKey: env.SUPABASE_SECRET_KEY,
    siteUrl: env.SITE_URL,
    jwtExpirySeconds: env.SUPABASE_JWT_EXPIRY_SECONDS,
    limits: env.SUPABASE_LIMITS,
    log,
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), STOP_MS).unref();
    void gateway.stop().finally(() => process.exit(0));
  };
  // An orphan would keep the port from the next start.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), PARENT_CHECK_MS).unref();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  log('info', 'ready', { url: gateway.url, port: gateway.port });
}

main().catch((error: unknown) => {
  const hint = error instanceof LocalStackError ? { hint: error.hint } : {};
  log('error', error instanceof Error ? error.message : String(error), hint);
  process.exit(1);
});
