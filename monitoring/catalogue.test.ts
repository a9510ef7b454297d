import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { BUCKETS } from '#lib/observability/metric-builders';
import { appCatalogue } from './catalogue.ts';
import type { CatalogueEntry } from './catalogue.ts';
import { groupingLabels, metricUses, quantilesKeepLe } from './expression.ts';
import { annotationQueries, loadDashboards, panelQueries } from './panels.ts';

type Rule = {
  alert?: string;
  record?: string;
  expr: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
};

/** Labels that Prometheus adds, or that a histogram's buckets carry. */
const ADDED = ['job', 'instance', 'le'];

const read = (path: string) => readFileSync(resolve('monitoring', path), 'utf8');
const rulesOf = (file: string): Rule[] =>
  parse(read(`prometheus/rules/${file}`)).groups.flatMap((group: { rules: Rule[] }) => group.rules);

const rules = [...rulesOf('recording.yml'), ...rulesOf('alerts.yml')];
const alerts = rules.filter(({ alert }) => alert);
const records = new Map(rules.flatMap(({ record, expr }) => (record ? [[record, groupingLabels(expr)]] : [])));
const dashboards = loadDashboards();
const expressions: [name: string, expr: string][] = [
  ...[...panelQueries(dashboards, '5m'), ...annotationQueries(dashboards, '5m')].map(
    ({ panel, refId, expr }): [string, string] => [`${panel} ${refId}`, expr],
  ),
  ...rules.map(({ alert, record, expr }): [string, string] => [alert ?? record ?? '', expr]),
];

let catalogue: Map<string, CatalogueEntry>;
beforeAll(async () => {
  catalogue = await appCatalogue();
});

test.each(expressions)('%s reads metrics and labels that the application has', (_name, expr) => {
  for (const { name, labels } of metricUses(expr)) {
    const known = records.get(name) ?? catalogue.get(name)?.labels;
    expect([name, known]).toEqual([name, expect.any(Array)]);
    const allowed = [...(known ?? []), ...ADDED];
    expect(labels.filter((label) => !allowed.includes(label))).toEqual([]);
    expect(
      groupingLabels(expr).filter(
        (label) =>
          ![
            ...metricUses(expr).flatMap((use) => catalogue.get(use.name)?.labels ?? records.get(use.name) ?? []),
            ...ADDED,
          ].includes(label),
      ),
    ).toEqual([]);
  }
});

test.each(expressions)(
  '%s takes counters by rate or increase, gauges as they are, and quantiles with le',
  (_name, expr) => {
    for (const { name, underRate } of metricUses(expr)) {
      const entry = catalogue.get(name);
      if (entry) expect([name, underRate]).toEqual([name, entry.type === 'counter']);
    }
    expect(quantilesKeepLe(expr)).toBe(true);
  },
);

test('every metric of ours is on a panel or in a rule', () => {
  const used = new Set(
    expressions.flatMap(([, expr]) => metricUses(expr).map(({ name }) => name.replace(/_(bucket|sum|count)$/, ''))),
  );
  const ours = [...catalogue.keys()]
    .map((name) => name.replace(/_(bucket|sum|count)$/, ''))
    .filter((name) => /^(taskdeck|http)_/.test(name));
  expect([...new Set(ours)].filter((name) => !used.has(name))).toEqual([]);
});

test('a bucket that a rule or panel names exists, and is named as Prometheus 2 and 3 store it', () => {
  const edges = new Set(Object.values(BUCKETS).flat().map(String));
  const named = expressions.flatMap(([, expr]) =>
    [...expr.matchAll(/le=~"([\d.]+)\|\1\[[.]\]0"/g)].map(([, edge]) => edge ?? ''),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((edge) => !edges.has(edge))).toEqual([]);
  expect(expressions.filter(([, expr]) => /le="/.test(expr))).toEqual([]);
});

test('the checks themselves see a wrong expression', () => {
  expect(metricUses('sum(taskdeck_tasks_enqueued_total{color="x"})')).toEqual([
    { name: 'taskdeck_tasks_enqueued_total', labels: ['color'], underRate: false },
  ]);
  expect(quantilesKeepLe('histogram_quantile(0.95, sum by (queue) (rate(x_bucket[5m])))')).toBe(false);
  expect(quantilesKeepLe('histogram_quantile(0.95, rate(x_bucket[5m]))')).toBe(false);
  expect(groupingLabels('sum by (a, b) (x) and on (c) y')).toEqual(['a', 'b', 'c']);
});

describe.each(alerts.map((rule): [string, Rule] => [rule.alert ?? '', rule]))('%s', (name, rule) => {
  test('is named, graded, explained and has a section in the runbook', () => {
    expect(name).toMatch(/^Taskdeck[A-Z]\w+$/);
    expect(rule.labels?.severity).toMatch(/^(critical|warning|none)$/);
    expect(rule.annotations).toMatchObject({
      summary: expect.stringMatching(/./),
      description: expect.stringMatching(/\.$/),
    });
    const [file, anchor] = (rule.annotations?.runbook ?? '').split('#');
    expect(file).toBe('monitoring/RUNBOOK.md');
    const sections = [...read('RUNBOOK.md').matchAll(/^## (.+)$/gm)].map(([, title]) => (title ?? '').toLowerCase());
    expect(sections).toContain(anchor);
  });

  test('has a case in which it fires and, unless it always does, one in which it is silent', () => {
    const files = ['scrape', 'slo', 'queues', 'workers', 'data-plane'].map((group) =>
      parse(read(`prometheus/tests/${group}.test.yml`)),
    );
    const cases: { promql_expr_test?: { expr: string; exp_samples: unknown[] }[] }[] = files.flatMap(
      ({ tests }) => tests,
    );
    const samples = cases
      .flatMap((test) => test.promql_expr_test ?? [])
      .filter(({ expr }) => expr.includes(`"${name}"`))
      .map(({ exp_samples }) => exp_samples.length);
    expect(samples).toContain(1);
    if (name !== 'TaskdeckWatchdog') expect(samples).toContain(0);
  });
});
