/** One panel as we write it; `build.ts` turns it into Grafana's JSON. */
export type PanelSpec = {
  kind: 'timeseries' | 'stat' | 'heatmap' | 'timeline';
  title: string;
  /** What it shows, and what to look at when it looks wrong. */
  description: string;
  unit: string;
  queries: Query[];
  width: number;
  height?: number;
  min?: number;
  max?: number;
  stacked?: boolean;
  /** Colours from this value on, ascending; without it a panel has no judgement. */
  thresholds?: { from: number; colour: 'green' | 'orange' | 'red' }[];
  noValue?: string;
  /** The page of Taskdeck that this panel leads to. */
  page: 'tasks' | 'queues' | 'workers';
};

export type Query = { expr: string; legend: string };

export type RowSpec = { title: string; panels: PanelSpec[] };
