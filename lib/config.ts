import { z } from 'zod';

/** Environment variables are strings; an empty one counts as not set, as in `.env` files. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const number = (least: number, most: number, fallback: number) =>
  z.preprocess((value) => (value === '' ? undefined : value), whole(least, most).default(fallback));
const port = (fallback: number) => number(1, 65_535, fallback);
const text = (fallback: string) =>
  z.preprocess((value) => (value === '' ? undefined : value), z.string().default(fallback));

const common = {
  PORT: port(3000),
  /** The address that web and the embedded Supabase listen on. */
  HOST: text('127.0.0.1'),
  /** 0: any that is free. */
  WORKER_METRICS_PORT: number(0, 65_535, 9465),
  /** Apart from HOST, since the worker's metrics ask for no sign-in. */
  WORKER_METRICS_HOST: text('127.0.0.1'),
  /** Worker processes of a pool: how many at the start, and between what. Idle ones above the minimum stop by themselves. */
  WORKER_PROCESSES: number(0, 64, 1),
  WORKER_PROCESSES_MIN: optional(whole(0, 64)),
  WORKER_PROCESSES_MAX: optional(whole(1, 64)),
  WORKER_IDLE_MS: number(1_000, 86_400_000, 300_000),
  /** A worker process that holds more drains and is replaced. */
  WORKER_MEMORY_MB: number(64, 1_048_576, 1_024),
  QUEUE_ENGINE: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.enum(['auto', 'redis', 'postgres']).default('auto'),
  ),
  REDIS_URL: optional(z.url({ protocol: /^rediss?$/ })),
  LOG_LEVEL: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  ),
  /** The address that browsers use for this copy, when it is not the one they asked. */
  SUPABASE_PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })),
  /** What handlers may use: see workers/tasks/README.md. */
  HTTP_ALLOW_PRIVATE: optional(
    z.string().regex(/^[^\s,]+(,[^\s,]+)*$/, 'is a list of host or host:port, with commas and no spaces'),
  ),
  SMTP_URL: optional(z.url({ protocol: /^smtps?$/ })),
  SMTP_FROM: optional(z.string().min(3)),
  TASKDECK_METRICS_TOKEN: optional(z.string().min(16)),
  TASKDECK_ADMIN_EMAIL: text('admin@taskdeck.local').pipe(z.email()),
  TASKDECK_ADMIN_PASSWORD: optional(z.string().min(8, 'needs at least 8 characters').max(72)),
  TASKDECK_API_KEY: optional(
    z
      .string()
      .regex(/^tdk_[A-Za-z0-9_-]{32,}$/, 'starts with tdk_ and has at least 32 more letters, digits, "_" or "-"'),
  ),
};

const launchSchema = z.object({
  ...common,
  TASKDECK_DATA_DIR: text('.data'),
  SUPABASE_PORT: port(54_321),
  SUPABASE_DB_PORT: port(54_322),
  SUPABASE_URL: optional(z.url()),
  SUPABASE_PUBLISHABLE_KEY: optional(z.string().min(1)),
  SUPABASE_SECRET_KEY: optional(z.string().min(1)),
  SUPABASE_JWT_SECRET: optional(z.string().min(1)),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
});

const runtimeSchema = z.object({
  ...common,
  SUPABASE_URL: z.url({ protocol: /^https?$/ }),
  SUPABASE_PUBLISHABLE_KEY: z.string().min(1),
  SUPABASE_SECRET_KEY: optional(z.string().min(1)),
  /** Tokens signed with a key of the project's JWKS need no secret here. */
  SUPABASE_JWT_SECRET: optional(z.string().min(1)),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Keeps copies and tests apart on one Redis. */
  QUEUE_PREFIX: text('taskdeck').pipe(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
});

export type LaunchConfig = z.infer<typeof launchSchema>;
export type RuntimeConfig = z.infer<typeof runtimeSchema>;

/** The environment is wrong: every variable that is, and how. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

function parse<T extends z.ZodType>(schema: T, env: NodeJS.ProcessEnv): z.infer<T> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(
    (issue) => `${issue.path.join('.')}: ${env[String(issue.path[0])] === undefined ? 'is not set' : issue.message}`,
  );
  throw new ConfigError(`The environment is not right (see .env.example):\n  ${lines.join('\n  ')}`);
}

/**
 * What `npm start` needs: everything has a default.
 * @throws ConfigError naming each variable that is wrong.
 */
export const readLaunchConfig = (env: NodeJS.ProcessEnv = process.env): LaunchConfig => parse(launchSchema, env);

/**
 * What web, worker and migrations need to know: where Supabase, Postgres and Redis are.
 * @throws ConfigError naming each variable that is wrong.
 */
export const readRuntimeConfig = (env: NodeJS.ProcessEnv = process.env): RuntimeConfig => parse(runtimeSchema, env);

let runtime: RuntimeConfig | undefined;

/** The runtime configuration of this process, read once. */
export const config = (): RuntimeConfig => (runtime ??= readRuntimeConfig());
