import { z } from 'zod';
import { annotationQueries, legendLabels, loadDashboards, panelQueries } from './panels.ts';
import type { PanelQuery } from './panels.ts';
import { startPrometheus } from './prometheus-process.ts';
import type { Prometheus } from './prometheus-process.ts';

/** `$__rate_interval` at a scrape every second: long enough for a rate, short enough to end soon. */
const RATE_INTERVAL = '15s';
const WINDOW_SECONDS = 30;

/** The panels that may have no data on a healthy system, and why. */
export const MAY_BE_EMPTY: Record<string, string> = {
  'Postgres errors': 'a class of SQLSTATE appears with its first error',
  Redis: 'the queue engine may be Postgres',
  'Redis memory': 'the queue engine may be Postgres',
  'annotation Deployments': 'marks a version that was not there five minutes ago, or none',
  'annotation Alerts': 'nothing fires on a healthy system',
};

export type PanelResult = PanelQuery & {
  status: 'ok' | 'empty' | 'error';
  /** Why it is in error, or why it may be empty. */
  detail?: string;
};

export type PanelReport = {
  results: PanelResult[];
  /** Errors, and empty panels that may not be: what a test expects to be []. */
  problems: PanelResult[];
  /** Targets that Prometheus cannot scrape, with its reason. */
  downTargets: string[];
  /** Rules that fail to evaluate, with Prometheus' reason. */
  unhealthyRules: string[];
};

export type CheckPanelsOptions = {
  prometheusBinary: string;
  /** host:port of each process, and the token for the web's /api/metrics. */
  targets: { web: string[]; worker: string[]; token: string };
  /** How long data may take to appear; the check ends as soon as every panel has some. */
  timeoutMs?: number;
  /** The queries to run instead of those of the committed dashboards. */
  queries?: PanelQuery[];
};

const seriesSchema = z.object({
  metric: z.record(z.string(), z.string()),
  value: z.tuple([z.number(), z.string()]).optional(),
  values: z.array(z.tuple([z.number(), z.string()])).optional(),
});
const resultSchema = z.object({ resultType: z.string(), result: z.array(z.unknown()) });

/**
 * Scrapes a running application with a real Prometheus and runs every query of every panel, at an instant and over a
 * range, until each has given data or the time is up. The application must be under load meanwhile: tasks that succeed,
 * fail, retry, and a few HTTP requests.
 */
export async function checkPanels(options: CheckPanelsOptions): Promise<PanelReport> {
  const prometheus = await startPrometheus({ binary: options.prometheusBinary, ...options.targets });
  try {
    const dashboards = loadDashboards();
    const queries = options.queries ?? [
      ...panelQueries(dashboards, RATE_INTERVAL),
      ...annotationQueries(dashboards, RATE_INTERVAL),
    ];
    const results = await runUntilFilled(prometheus, queries, Date.now() + (options.timeoutMs ?? 60_000));
    return {
      results,
      problems: results.filter(
        ({ status, panel }) => status === 'error' || (status === 'empty' && !(panel in MAY_BE_EMPTY)),
      ),
      downTargets: await downTargets(prometheus),
      unhealthyRules: await unhealthyRules(prometheus),
    };
  } finally {
    await prometheus.stop();
  }
}

async function runUntilFilled(prometheus: Prometheus, queries: PanelQuery[], limit: number): Promise<PanelResult[]> {
  let results = await Promise.all(queries.map((query) => run(prometheus, query)));
  while (Date.now() < limit && results.some(({ status, panel }) => status !== 'ok' && !(panel in MAY_BE_EMPTY))) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    results = await Promise.all(results.map((result) => (result.status === 'ok' ? result : run(prometheus, result))));
  }
  return results;
}

async function run(
  prometheus: Prometheus,
  { dashboard, panel, refId, expr, legend }: PanelQuery,
): Promise<PanelResult> {
  const query: PanelQuery = { dashboard, panel, refId, expr, legend };
  try {
    const end = Date.now() / 1_000;
    const instant = await prometheus.api('query', { query: expr, time: String(end) });
    const range = await prometheus.api('query_range', {
      query: expr,
      start: String(end - WINDOW_SECONDS),
      end: String(end),
      step: '1',
    });
    return judge(query, instant, range);
  } catch (error) {
    return { ...query, status: 'error', detail: error instanceof Error ? error.message : String(error) };
  }
}

/** Data is at least one finite number, at the instant and over the range; its series carry what the legend prints. */
function judge(query: PanelQuery, instant: unknown, range: unknown): PanelResult {
  const found = [instant, range].map((answer) =>
    seriesOf(answer).filter(({ value, values }) =>
      [...(values ?? []), ...(value ? [value] : [])].some(([, text]) => Number.isFinite(Number(text))),
    ),
  );
  if (found.some((series) => series.length === 0))
    return { ...query, status: 'empty', detail: MAY_BE_EMPTY[query.panel] };
  const missing = legendLabels(query.legend).filter((label) => found.flat().some(({ metric }) => !metric[label]));
  if (missing.length > 0)
    return { ...query, status: 'error', detail: `the legend prints ${missing.join(', ')}, which a series lacks` };
  return { ...query, status: 'ok' };
}

function seriesOf(answer: unknown): z.infer<typeof seriesSchema>[] {
  const { resultType, result } = resultSchema.parse(answer);
  return resultType === 'scalar' ? [] : z.array(seriesSchema).parse(result);
}

async function downTargets(prometheus: Prometheus): Promise<string[]> {
  const schema = z.object({
    activeTargets: z.array(z.object({ scrapeUrl: z.string(), health: z.string(), lastError: z.string() })),
  });
  const { activeTargets } = schema.parse(await prometheus.api('targets'));
  return activeTargets
    .filter(({ health }) => health !== 'up')
    .map(({ scrapeUrl, lastError }) => `${scrapeUrl}: ${lastError}`);
}

async function unhealthyRules(prometheus: Prometheus): Promise<string[]> {
  const rule = z.object({ name: z.string(), health: z.string(), lastError: z.string().optional() });
  const { groups } = z
    .object({ groups: z.array(z.object({ rules: z.array(rule) })) })
    .parse(await prometheus.api('rules'));
  return groups.flatMap(({ rules }) =>
    rules
      .filter(({ health }) => health !== 'ok')
      .map(({ name, health, lastError }) => `${name}: ${lastError || health}`),
  );
}
