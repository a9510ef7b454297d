import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as units from '@grafana/grafana-foundation-sdk/units';
import { dashboardFiles } from './grafana/src/index.ts';
import { loadDashboards } from './panels.ts';
import type { Dashboard } from './panels.ts';

const KNOWN_PANELS = ['row', 'timeseries', 'stat', 'heatmap', 'state-timeline'];
const KNOWN_UNITS = new Set<string>(Object.values(units));

test.each(Object.entries(dashboardFiles()))('%s is what the source builds', (name, text) => {
  expect(readFileSync(resolve('monitoring/grafana/dashboards', name), 'utf8')).toBe(text);
});

describe.each(loadDashboards().map((dashboard): [string, Dashboard] => [dashboard.uid, dashboard]))(
  '%s',
  (_uid, dashboard) => {
    const panels = dashboard.panels.filter(({ type }) => type !== 'row');

    test('is a classic dashboard that provisioning accepts', () => {
      expect(dashboard.uid).toMatch(/^[a-z0-9-]{8,40}$/);
      expect(dashboard.schemaVersion).toBeLessThanOrEqual(42);
      expect(dashboard.editable).toBe(false);
      expect(dashboard.id).toBeNull();
      for (const key of ['elements', 'layout', '__inputs', 'spec']) expect(dashboard).not.toHaveProperty(key);
    });

    test('has templated datasource, job, instance, queue and definition', () => {
      const variables = new Map(dashboard.templating.list.map((variable) => [variable.name, variable]));
      expect(variables.get('datasource')).toMatchObject({
        type: 'datasource',
        query: 'prometheus',
        current: { value: 'taskdeck-prometheus' },
      });
      for (const name of ['job', 'instance', 'queue', 'definition']) {
        expect(variables.get(name)).toMatchObject({
          type: 'query',
          multi: true,
          includeAll: true,
          allValue: '.+',
          refresh: 2,
          datasource: { uid: '${datasource}' },
          definition: expect.stringMatching(/^label_values\(/),
        });
      }
    });

    test('every panel is described, has a unit, a link, a known type and the templated datasource', () => {
      for (const panel of panels) {
        expect([panel.title, panel.type]).toEqual([
          panel.title,
          expect.stringMatching(new RegExp(`^(${KNOWN_PANELS.join('|')})$`)),
        ]);
        expect([panel.title, panel.description]).toEqual([panel.title, expect.stringMatching(/^.{30,}\.$/)]);
        expect(panel).toMatchObject({
          datasource: { type: 'prometheus', uid: '${datasource}' },
          links: [{ title: expect.any(String), url: expect.stringMatching(/^\$\{taskdeck\}\/\w+$/) }],
          fieldConfig: { defaults: { unit: expect.any(String) } },
        });
        expect(KNOWN_UNITS).toContain((panel.fieldConfig as { defaults: { unit: string } }).defaults.unit);
        expect(panel.targets.length).toBeGreaterThan(0);
      }
    });

    test('every query is templated, has a legend and honours job and instance', () => {
      for (const panel of panels) {
        for (const target of panel.targets) {
          expect(target).toMatchObject({
            datasource: { uid: '${datasource}' },
            legendFormat: expect.stringMatching(/./),
          });
          const selectors = [...target.expr.matchAll(/\{([^}]*)\}/g)].map(([, matchers]) => matchers ?? '');
          expect(selectors.length).toBeGreaterThan(0);
          for (const matchers of selectors) {
            expect(matchers).toContain('job=~"$job"');
            expect(matchers).toContain('instance=~"$instance"');
          }
          for (const [, range] of target.expr.matchAll(/\}\[([^\]]*)\]/g)) expect(range).toBe('$__rate_interval');
        }
      }
    });

    test('ids, titles and refIds are unique', () => {
      const unique = (values: unknown[]) => expect(new Set(values).size).toBe(values.length);
      unique(dashboard.panels.map(({ id }) => id));
      unique(panels.map(({ title }) => title));
      for (const panel of panels) unique(panel.targets.map(({ refId }) => refId));
      expect(Math.min(...dashboard.panels.map(({ id }) => id))).toBe(1);
    });

    test('panels lie on the grid and do not overlap', () => {
      const cells = new Set<string>();
      for (const { title, gridPos } of dashboard.panels) {
        expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
        for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
          for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
            expect([title, cells.has(`${x},${y}`)]).toEqual([title, false]);
            cells.add(`${x},${y}`);
          }
        }
      }
    });

    test('every line shows its legend or is too narrow for one', () => {
      for (const panel of panels.filter(({ type }) => type === 'timeseries')) {
        expect(panel.options).toMatchObject({
          legend: { showLegend: panel.gridPos.w > 3 },
          tooltip: { mode: 'multi' },
        });
      }
    });
  },
);
