import { createLogger, format, transports } from 'winston';
import type { Logger } from 'winston';
import { formatLine } from './log-line.ts';
import type { LogFields } from './log-line.ts';
import { metrics } from './metrics.ts';
import { shared } from './shared.ts';

const LEVELS = { error: 0, warn: 1, info: 2, debug: 3 };
const CLOSE_LIMIT_MS = 2_000;

export type LogLevel = keyof typeof LEVELS;
export type LogOptions = { service: string; level?: LogLevel; silent?: boolean };
type Write = (message: string, fields?: LogFields) => void;
export type Log = Record<LogLevel, Write>;

const state = shared('log', (): { options: LogOptions; logger: Logger | null } => ({
  options: { service: 'taskdeck' },
  logger: null,
}));

/** The process's logger: JSON lines on stdout, with the context of `withContext`. Put errors in `fields` as they are. */
export const log: Log = {
  error: (message, fields) => write('error', message, fields),
  warn: (message, fields) => write('warn', message, fields),
  info: (message, fields) => write('info', message, fields),
  debug: (message, fields) => write('debug', message, fields),
};

/** Names the service and sets the level; may be called again to change the level of a running process. */
export function configureLog(options: LogOptions): void {
  state.options = options;
  if (state.logger) Object.assign(state.logger, settings());
}

/**
 * Flushes what was logged, within two seconds; await it before the process ends, and set `process.exitCode` instead of
 * calling `process.exit()`, which drops lines still in the pipe. A line logged afterwards opens the log again.
 */
export async function closeLog(): Promise<void> {
  const logger = state.logger;
  state.logger = null;
  if (!logger) return;
  const finished = new Promise<void>((resolve) =>
    logger.once('finish', () => process.stdout.write('', () => resolve())),
  );
  logger.end();
  await withinLimit(finished);
}

function write(level: LogLevel, message: string, fields: LogFields | undefined): void {
  const logger = (state.logger ??= open());
  if (LEVELS[level] > (LEVELS[logger.level as LogLevel] ?? LEVELS.info)) return;
  metrics.logLinesTotal.inc({ level });
  if (logger.silent) return;
  // As one object: with (message, meta) winston appends a `message` in meta to the line's text.
  logger.log({ level, message, fields });
}

function open(): Logger {
  const line = format.printf((entry) =>
    formatLine({
      level: entry.level,
      message: String(entry.message),
      service: state.options.service,
      fields: entry.fields as LogFields | undefined,
    }),
  );
  return createLogger({ levels: LEVELS, format: line, transports: [new transports.Console()], ...settings() });
}

function settings(): { level: string; silent: boolean } {
  const fromEnv = process.env.LOG_LEVEL;
  const quietTest = process.env.NODE_ENV === 'test' && !fromEnv;
  const wanted = state.options.level ?? fromEnv ?? 'info';
  return { level: Object.hasOwn(LEVELS, wanted) ? wanted : 'info', silent: state.options.silent ?? quietTest };
}

async function withinLimit(done: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_LIMIT_MS);
  });
  await Promise.race([done, limit]);
  clearTimeout(timer);
}
