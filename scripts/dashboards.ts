import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { dashboardFiles } from '../monitoring/grafana/src/index.ts';

const folder = resolve('monitoring/grafana/dashboards');
const wanted = dashboardFiles();
const present = (await readdir(folder)).filter((name) => name.endsWith('.json'));

/** The files whose text differs from what the source builds, or that the source no longer builds. */
async function drifted(): Promise<string[]> {
  const changed = await Promise.all(
    Object.entries(wanted).map(async ([name, text]) => {
      const current = await readFile(join(folder, name), 'utf8').catch(() => '');
      return current === text ? [] : [name];
    }),
  );
  return [...changed.flat(), ...present.filter((name) => !Object.hasOwn(wanted, name))];
}

const drift = await drifted();
if (process.argv.includes('--check')) {
  if (drift.length > 0) {
    console.error(`Out of date: ${drift.join(', ')}. Run: node scripts/dashboards.ts`);
    process.exitCode = 1;
  }
} else {
  for (const name of drift) {
    const text = wanted[name];
    await (text === undefined ? rm(join(folder, name)) : writeFile(join(folder, name), text));
  }
  console.log(drift.length > 0 ? `Wrote ${drift.join(', ')}` : 'Dashboards are up to date');
}
