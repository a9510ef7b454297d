import { overviewDashboard } from './overview-dashboard.ts';

/** The text of every dashboard file under monitoring/grafana/dashboards, by file name. */
export function dashboardFiles(): Record<string, string> {
  return { 'taskdeck-overview.json': `${JSON.stringify(overviewDashboard(), null, 2)}\n` };
}
