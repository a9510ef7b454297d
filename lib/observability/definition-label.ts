import type { Counter, Histogram, LabelValues } from 'prom-client';
import { shared } from './shared.ts';

const OTHER = 'other';
const MAX_DEFINITIONS = 100;

const known = shared('knownDefinitions', () => new Set<string>());

/** Lets `name` through as a label value; beyond a hundred definitions a newcomer stays `other`. */
export function registerDefinition(name: string): void {
  if (known.size < MAX_DEFINITIONS) known.add(name);
}

/** `name` if it is a registered definition, else `other`: labels come from closed sets only. */
export function definitionLabel(name: string): string {
  return known.has(name) ? name : OTHER;
}

/** Makes a counter map unregistered definitions to `other`, however it is called. */
export function closeCounter<L extends string>(counter: Counter<L>): void {
  const inc = counter.inc.bind(counter);
  counter.inc = ((labels?: LabelValues<L> | number, value?: number) =>
    typeof labels === 'object' ? inc(closed(labels), value) : inc(labels)) as Counter<L>['inc'];
}

/** Makes a histogram map unregistered definitions to `other`, by `observe`, `startTimer` and `zero`. */
export function closeHistogram<L extends string>(histogram: Histogram<L>): void {
  const observe = histogram.observe.bind(histogram);
  const zero = histogram.zero.bind(histogram);
  histogram.observe = ((labels: LabelValues<L> | number, value?: number) =>
    typeof labels === 'object' ? observe(closed(labels), Number(value)) : observe(labels)) as Histogram<L>['observe'];
  histogram.zero = (labels) => zero(closed(labels));
}

function closed<L extends string>(labels: LabelValues<L>): LabelValues<L> {
  const name: unknown = Reflect.get(labels, 'definition');
  return name === undefined || known.has(String(name)) ? labels : { ...labels, definition: OTHER };
}
