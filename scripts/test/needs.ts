import { spawnSync } from 'node:child_process';
import { runNode } from './run-node.ts';

/** Programs that tests drive and npm does not bring. */
export type Need = keyof typeof needs;

type Source = { programs: string[]; packages: string[]; advice: string; last?: () => Promise<boolean> };

const needs = {
  redis: {
    programs: ['redis-server', 'valkey-server'],
    packages: ['redis-server'],
    advice: 'install it with "apt-get install redis-server" or "brew install redis"',
  },
  chromium: {
    programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    packages: ['chromium'],
    advice: 'install it with "apt-get install chromium" or "npx playwright install chromium"',
    last: async () => (await runNode(['node_modules/@playwright/test/cli.js', 'install', 'chromium'])) === 0,
  },
  caddy: {
    programs: ['caddy'],
    packages: ['caddy'],
    advice: 'install it with "apt-get install caddy" or "brew install caddy"',
  },
  prometheus: {
    programs: ['promtool'],
    packages: ['prometheus'],
    advice: 'install it with "apt-get install prometheus" or "brew install prometheus"',
  },
} as const satisfies Record<string, Source>;

/**
 * Makes sure that the programs are there: from the PATH, else by apt-get as root, else as the program's own maker offers.
 * @returns those that could not be had, each told with what to do
 */
export async function getNeeds(wanted: Need[]): Promise<Set<Need>> {
  const missing = new Set<Need>();
  for (const need of wanted) {
    const source: Source = needs[need];
    const found =
      findProgram(source.programs) ?? (installPackages(source.packages) ? findProgram(source.programs) : undefined);
    if (found !== undefined) {
      console.log(`✓ ${need}: ${found}`);
    } else if (await source.last?.()) {
      console.log(`✓ ${need}: installed by its own means`);
    } else {
      console.error(`✗ ${need} is missing and could not be installed: ${source.advice}, and start again.`);
      missing.add(need);
    }
  }
  return missing;
}

/** Chromium on the PATH; undefined where Playwright has its own. */
export const findChromium = (): string | undefined => findProgram(needs.chromium.programs);

/** The path of the first of these that runs. */
function findProgram(programs: readonly string[]): string | undefined {
  for (const program of programs) {
    const path = spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).stdout.trim();
    if (path !== '' && answersVersion(path)) return path;
  }
  return undefined;
}

/** Caddy has a command where the others have an option. */
const answersVersion = (path: string): boolean =>
  ['--version', 'version'].some((ask) => spawnSync(path, [ask], { stdio: 'ignore' }).status === 0);

/** Debian and its kin, for root: as on CI. Anybody else is told what to install. */
function installPackages(packages: readonly string[]): boolean {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return false;
  console.log(`  Installing ${packages.join(', ')} (apt-get) …`);
  const install = () => apt('install', '--yes', '--no-install-recommends', ...packages);
  // The package lists may be missing or old.
  return install() || (apt('update') && install());
}

function apt(...args: string[]): boolean {
  const { status, stderr } = spawnSync('apt-get', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) console.log(`  apt-get ${args[0] ?? ''}: ${stderr.trim().split('\n').at(-1) ?? ''}`);
  return status === 0;
}
