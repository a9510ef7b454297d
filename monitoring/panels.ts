import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

const targetSchema = z.looseObject({ refId: z.string(), expr: z.string(), legendFormat: z.string().default('') });

const panelSchema = z.looseObject({
  id: z.number(),
  type: z.string(),
  title: z.string(),
  description: z.string().optional(),
  gridPos: z.object({ h: z.number(), w: z.number(), x: z.number(), y: z.number() }),
  targets: z.array(targetSchema).default([]),
});

const variableSchema = z.looseObject({ name: z.string(), type: z.string(), definition: z.string().optional() });

const dashboardSchema = z.looseObject({
  uid: z.string(),
  title: z.string(),
  panels: z.array(panelSchema),
  templating: z.object({ list: z.array(variableSchema) }),
  annotations: z.object({ list: z.array(z.looseObject({ name: z.string(), expr: z.string().optional() })) }),
});

export type Dashboard = z.infer<typeof dashboardSchema>;

/** One query of one panel, with nothing of Grafana left in it. */
export type PanelQuery = { dashboard: string; panel: string; refId: string; expr: string; legend: string };

/** The committed dashboards, as Grafana will load them. */
export function loadDashboards(folder = resolve('monitoring/grafana/dashboards')): Dashboard[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.map((name) => dashboardSchema.parse(JSON.parse(readFileSync(resolve(folder, name), 'utf8'))));
}

/** Every query of every panel, its variables replaced: ranges by `range`, labels by a pattern that matches all. */
export function panelQueries(dashboards: Dashboard[], range: string): PanelQuery[] {
  return dashboards.flatMap((dashboard) =>
    dashboard.panels.flatMap((panel) =>
      panel.targets.map((target) => ({
        dashboard: dashboard.uid,
        panel: panel.title,
        refId: target.refId,
        expr: substitute(target.expr, range),
        legend: target.legendFormat,
      })),
    ),
  );
}

/** The queries of annotations, which run like those of panels. */
export function annotationQueries(dashboards: Dashboard[], range: string): PanelQuery[] {
  return dashboards.flatMap((dashboard) =>
    dashboard.annotations.list.flatMap(({ name, expr }) =>
      expr
        ? [
            {
              dashboard: dashboard.uid,
              panel: `annotation ${name}`,
              refId: 'A',
              expr: substitute(expr, range),
              legend: '',
            },
          ]
        : [],
    ),
  );
}

/** What Grafana does before it sends a query: `$__rate_interval` and its kin become `range`, `$queue` becomes `.+`. */
export function substitute(expr: string, range: string): string {
  return expr.replace(/\$__(rate_interval|interval|range)\b/g, range).replace(/\$\{?\w+\}?/g, '.+');
}

/** The labels that a legend prints. */
export function legendLabels(legend: string): string[] {
  return [...legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label]) => label ?? '');
}
