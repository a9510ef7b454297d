import { expect, test } from '@playwright/test';
import { checkPanels } from '../monitoring/check-panels.ts';
import { submit } from './support/api.ts';
import { environment } from './support/environment.ts';

test('every panel of the dashboard has data from the running system', async () => {
  test.setTimeout(180_000);
  let loading = true;
  const load = (async () => {
    while (loading) {
      await Promise.all([
        submit('sendMessage', { message: 'load' }),
        submit('flakyReport', { failures: 1, steps: 2, stepMs: 50 }),
        submit('flakyReport', { failures: 5, steps: 1, stepMs: 1 }),
        submit('sendMessage', { message: 'later' }, { delayMs: 500 }),
      ]);
    }
  })();
  try {
    const report = await checkPanels({
      prometheusBinary: 'prometheus',
      targets: {
        web: [new URL(environment.TASKDECK_URL).host.replace('localhost', '127.0.0.1')],
        worker: [`127.0.0.1:${environment.WORKER_METRICS_PORT}`],
        token: environment.TASKDECK_METRICS_TOKEN,
      },
      timeoutMs: 120_000,
    });
    expect(report.downTargets).toEqual([]);
    expect(report.unhealthyRules).toEqual([]);
    expect(report.problems).toEqual([]);
    expect(report.results.length).toBeGreaterThan(30);
  } finally {
    loading = false;
    await load;
  }
});
