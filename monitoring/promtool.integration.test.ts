import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { metricsText } from '#lib/observability/index';
import { annotationQueries, loadDashboards, panelQueries } from './panels.ts';
import { localPrometheusConfig } from './prometheus-config.ts';

const prometheus = resolve('monitoring/prometheus');
const folder = mkdtempSync(join(tmpdir(), 'taskdeck-promtool-'));
afterAll(() => rmSync(folder, { recursive: true }));

function promtool(args: string[], input?: string): { ok: boolean; output: string } {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8', input, cwd: prometheus });
  return { ok: status === 0, output: stdout + stderr };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const asRules = (expressions: string[]) =>
  stringify({
    groups: [{ name: 'panels', rules: expressions.map((expr, index) => ({ record: `panel:query:${index}`, expr })) }],
  });

describe('promtool accepts', () => {
  test('the configuration for compose and the one derived from it for a local run', () => {
    expect(promtool(['check', 'config', '--syntax-only', 'prometheus.yml'])).toMatchObject({ ok: true });
    const tokenFile = file('token', 'secret');
    const local = file(
      'local.yml',
      localPrometheusConfig({ web: ['127.0.0.1:3000'], worker: ['127.0.0.1:9465'], tokenFile }),
    );
    const checked = promtool(['check', 'config', local]);
    expect(checked).toMatchObject({ ok: true });
    expect(checked.output).toContain('2 rule files found');
  });

  test('the rules, and every alert fires and keeps silent as its tests say', () => {
    expect(promtool(['check', 'rules', 'rules/recording.yml', 'rules/alerts.yml'])).toMatchObject({ ok: true });
    const tests = readdirSync(join(prometheus, 'tests')).map((name) => `tests/${name}`);
    expect(tests.length).toBeGreaterThan(0);
    expect(promtool(['test', 'rules', ...tests])).toEqual({ ok: true, output: expect.not.stringContaining('FAILED') });
  });

  test('every expression of the dashboards', () => {
    const dashboards = loadDashboards();
    const expressions = [...panelQueries(dashboards, '5m'), ...annotationQueries(dashboards, '5m')].map(
      ({ expr }) => expr,
    );
    expect(promtool(['check', 'rules', file('panels.yml', asRules(expressions))])).toMatchObject({ ok: true });
    expect(
      promtool(['check', 'rules', file('wrong.yml', asRules(['rate(taskdeck_tasks_enqueued_total)']))]),
    ).toMatchObject({ ok: false });
  });

  test('what the application exposes', async () => {
    const { body } = await metricsText('all');
    // prom-client's own nodejs_active_*_total are gauges.
    const foreign = /^(# (HELP|TYPE) )?nodejs_active_/;
    const text = body
      .split('\n')
      .filter((line) => !foreign.test(line))
      .join('\n');
    expect(promtool(['check', 'metrics'], text)).toEqual({ ok: true, output: '' });
  });
});
