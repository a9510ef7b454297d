/** A metric as one expression uses it. */
export type MetricUse = { name: string; labels: string[]; underRate: boolean };

const SELECTOR = /([a-zA-Z_][\w]*:?[\w:]*)\s*(?:\{([^}]*)\})?/g;
const METRIC = /^(?:taskdeck[_:]|http_|nodejs_|process_)/;

/** The metrics that a PromQL expression reads. Not a parser: enough for expressions that promtool has accepted. */
export function metricUses(expr: string): MetricUse[] {
  const code = expr.replace(/#.*$/gm, '');
  return [...code.matchAll(SELECTOR)].flatMap((match) => {
    const [, name = '', matchers = ''] = match;
    if (!METRIC.test(name)) return [];
    const labels = [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label]) => label ?? '');
    return [{ name, labels, underRate: /\b(?:rate|increase)\(\s*$/.test(code.slice(0, match.index)) }];
  });
}

/** The labels by which an expression groups or joins. */
export function groupingLabels(expr: string): string[] {
  return [...expr.matchAll(/\b(?:by|on|without|ignoring)\s*\(([^)]*)\)/g)].flatMap(([, list]) =>
    (list ?? '')
      .split(',')
      .map((label) => label.trim())
      .filter(Boolean),
  );
}

/** Whether every `histogram_quantile` gets its buckets still told apart by `le`. */
export function quantilesKeepLe(expr: string): boolean {
  const calls = [...expr.matchAll(/histogram_quantile\(\s*[\d.]+\s*,\s*(?:sum by \(([^)]*)\))?/g)];
  return calls.every(([, list]) => (list ?? '').split(',').some((label) => label.trim() === 'le'));
}
