import type { Dashboard, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';

/**
 * Fills what the SDK (0.0.21) leaves out of classic dashboards: unique ids for panels and rows (it gives rows id 0 and
 * panels none), and an `id` of null, so that provisioning matches by uid.
 */
export function complete(dashboard: Dashboard): Dashboard {
  const panels = (dashboard.panels ?? []).map((panel: Panel | RowPanel, index) => ({ ...panel, id: index + 1 }));
  return { ...dashboard, id: null, panels };
}
