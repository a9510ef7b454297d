import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

const PROMETHEUS = resolve('monitoring/prometheus');

const configSchema = z.looseObject({
  global: z.record(z.string(), z.unknown()),
  rule_files: z.array(z.string()),
  scrape_configs: z.array(z.looseObject({ job_name: z.string(), dns_sd_configs: z.unknown().optional() })),
});

export type LocalPrometheus = {
  /** host:port of each web and worker. */
  web: string[];
  worker: string[];
  /** A file that holds TASKDECK_METRICS_TOKEN. */
  tokenFile: string;
  /** How often to scrape and to evaluate rules. */
  interval?: string;
};

/** prometheus.yml for a run without Docker: the committed one, with addresses in place of DNS discovery. */
export function localPrometheusConfig(local: LocalPrometheus): string {
  const interval = local.interval ?? '15s';
  const config = configSchema.parse(parse(readFileSync(resolve(PROMETHEUS, 'prometheus.yml'), 'utf8')));
  const targets: Record<string, string[]> = { 'taskdeck-web': local.web, 'taskdeck-worker': local.worker };
  return stringify({
    ...config,
    global: { ...config.global, scrape_interval: interval, scrape_timeout: interval, evaluation_interval: interval },
    rule_files: config.rule_files.map((pattern) => resolve(PROMETHEUS, pattern)),
    scrape_configs: config.scrape_configs.flatMap((job) => {
      const found = targets[job.job_name];
      if (!found) return []; // Prometheus itself: its port is not known here
      const authorization =
        'authorization' in job ? { authorization: { type: 'Bearer', credentials_file: local.tokenFile } } : {};
      return [{ ...job, ...authorization, dns_sd_configs: undefined, static_configs: [{ targets: found }] }];
    }),
  });
}
