import { existsSync, readFileSync, statSync } from 'node:fs';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { createSecrets } from './secrets.ts';

type Service = {
  image: string;
  build?: { target?: string };
  command?: string[];
  environment?: Record<string, string | number>;
  healthcheck: { disable?: boolean };
  volumes?: string[];
  ports?: string[];
  secrets?: string[];
  depends_on?: Record<string, { condition: string }>;
};
type Compose = {
  services: Record<string, Service>;
  volumes: Record<string, null>;
  secrets: Record<string, { environment: string }>;
};

const text = readFileSync('docker-compose.yml', 'utf8');
const compose: Compose = parse(text, { merge: true });
const services = Object.entries(compose.services);
const secrets = createSecrets();
/** Settings that a person may put into .env beside the secrets. */
const SETTINGS = [
  'BIND_ADDRESS',
  'GATEWAY_PORT',
  'GRAFANA_PORT',
  'LOG_LEVEL',
  'PROMETHEUS_PORT',
  'PROMETHEUS_RETENTION',
  'REDIS_MAXMEMORY',
  'SITE_URL',
  'SUPABASE_PUBLIC_URL',
  'TASKDECK_ADMIN_EMAIL',
  'WEB_PORT',
  'WORKER_PROCESSES',
  'WORKER_PROCESSES_MIN',
  'WORKER_PROCESSES_MAX',
  'WORKER_IDLE_MS',
  'WORKER_MEMORY_MB',
];

const variables = [...text.matchAll(/(?<!\$)\$\{(\w+)(?::([-?])([^}]*))?\}/g)].map(([, name = '', operator]) => ({
  name,
  operator,
}));

test('the file is sound Compose', () => {
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync('docker/compose.schema.json', 'utf8')));
  validate(compose);
  expect(validate.errors).toBeNull();
  const broken = structuredClone(compose) as unknown as { services: Record<string, Record<string, unknown>> };
  Object.assign(broken.services.web ?? {}, { heathcheck: {} });
  expect(validate(broken)).toBe(false);
});

test('every variable is a secret that `npm run secrets` makes, and is required, or a setting with a default', () => {
  expect(variables.length).toBeGreaterThan(0);
  for (const { name, operator } of variables) {
    expect([name, operator]).toEqual([name, name in secrets ? '?' : '-']);
    if (!(name in secrets)) expect(SETTINGS).toContain(name);
  }
  const used = [
    ...variables.map(({ name }) => name),
    ...Object.values(compose.secrets).map(({ environment }) => environment),
  ];
  expect(Object.keys(secrets).filter((name) => !used.includes(name))).toEqual([]);
  expect(SETTINGS.filter((name) => !used.includes(name))).toEqual([]);
});

test('no secret is written into the file', () => {
  for (const [name, { environment = {} }] of services) {
    for (const [key, value] of Object.entries(environment)) {
      if (/PASSWORD|SECRET|TOKEN|_KEY|URI|DATABASE_URL|REDIS_URL/.test(key) && !/^GOTRUE_URI_ALLOW_LIST$/.test(key)) {
        expect([name, key, value]).toEqual([name, key, expect.stringContaining('${')]);
      }
    }
  }
  expect(text).not.toMatch(/eyJ|sb_secret_|tdk_/);
});

test.each(services)('%s: its image is pinned, its mounts exist, what it waits for can become so', (_name, service) => {
  expect(service.image).toMatch(/^[\w./-]+:v?\d+\.\d+[\w.-]*$/);
  for (const mount of service.volumes ?? []) {
    const [source = '', target = '', mode] = mount.split(':');
    expect(target).toMatch(/^\//);
    if (source.startsWith('./')) {
      expect([source, existsSync(source), mode]).toEqual([source, true, 'ro']);
    } else {
      expect(compose.volumes).toHaveProperty(source);
    }
  }
  for (const secret of service.secrets ?? []) expect(compose.secrets).toHaveProperty(secret);
  for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
    const target = compose.services[other];
    expect([other, target]).toEqual([other, expect.anything()]);
    const oneShot = target?.healthcheck.disable === true;
    expect([other, condition]).toEqual([other, oneShot ? 'service_completed_successfully' : 'service_healthy']);
  }
  for (const port of service.ports ?? []) expect(port).toMatch(/^(127\.0\.0\.1|\$\{BIND_ADDRESS:-127\.0\.0\.1\}):/);
});

test('all but the one-shot have a health check, and every volume is used', () => {
  expect(services.filter(([, { healthcheck }]) => healthcheck.disable).map(([name]) => name)).toEqual(['migrate']);
  const mounted = services.flatMap(([, { volumes = [] }]) => volumes.map((mount) => mount.split(':')[0]));
  expect(Object.keys(compose.volumes).filter((name) => !mounted.includes(name))).toEqual([]);
});

test('Redis keeps what it has and asks for a password', () => {
  const command = (compose.services.redis?.command ?? []).join(' ');
  expect(command).toContain('--appendonly yes');
  expect(command).toContain('--maxmemory-policy noeviction');
  expect(command).toContain('--requirepass ${REDIS_PASSWORD');
});

test('the built services name stages of the Dockerfile, which run as nobody in particular and check their health', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8');
  for (const [, { build }] of services)
    if (build) expect(dockerfile).toMatch(new RegExp(`^FROM \\w+ AS ${build.target}$`, 'm'));
  const [, runtime = ''] = dockerfile.split(/^FROM base AS runtime$/m);
  expect(runtime.indexOf('USER node')).toBeGreaterThan(0);
  expect(runtime.indexOf('USER node')).toBeLessThan(runtime.indexOf('AS worker'));
  expect(runtime.match(/^HEALTHCHECK /gm)).toHaveLength(2);
  expect(dockerfile).toMatch(/^ARG NODE_IMAGE=node:24\.\d+\.\d+-bookworm-slim$/m);
  expect(dockerfile).toMatch(/npm ci --omit=dev/);
  for (const [, source = ''] of dockerfile.matchAll(/^COPY (?!--from)(\S+) \.\/\1$/gm))
    expect([source, existsSync(source)]).toEqual([source, true]);
  const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
  for (const path of ['.env', '.env.*', '.data', 'node_modules', '.git']) expect(ignored).toContain(path);
});

test('the initialisation of the database is a script that the image can run', () => {
  expect(statSync('docker/db/roles.sh').mode & 0o111).toBe(0o111);
});
