import type { Config } from 'jest';

// Packages that ship only ES modules: Jest runs CommonJS, so swc translates them too.
const esmOnly = [
  'jose',
  'uuid',
  '@supabase',
  'csv-parse',
  'hono',
  '@hono',
  '@bull-board',
  'until-async',
  'nuqs',
  'msw',
  'rettime',
];

const swc = (jsx: boolean) =>
  [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', tsx: jsx },
        transform: { react: { runtime: 'automatic' } },
        target: 'es2022',
      },
      module: { type: 'commonjs' },
    },
  ] as [string, Record<string, unknown>];

type Project = Exclude<NonNullable<Config['projects']>[number], string>;

const ignored = ['/node_modules/', '/.next/', '/e2e/'];

const shared: Project = {
  rootDir: '.',
  transform: { '^.+\\.tsx$': swc(true), '^.+\\.(ts|js|mjs)$': swc(false) },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  testPathIgnorePatterns: ignored,
  modulePathIgnorePatterns: ['/.next/', '/.data/'],
};

const config: Config = {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testEnvironment: 'node',
      testMatch: ['**/*.test.ts'],
      setupFilesAfterEnv: ['<rootDir>/scripts/testing/strict-console.ts'],
      testPathIgnorePatterns: [...ignored, '\\.integration\\.test\\.ts$'],
    },
    {
      ...shared,
      displayName: 'components',
      testEnvironment: 'jsdom',
      testMatch: ['**/*.test.tsx'],
      setupFilesAfterEnv: ['<rootDir>/components/testing/setup.ts'],
    },
    {
      ...shared,
      displayName: 'integration',
      testEnvironment: 'node',
      testMatch: ['**/*.integration.test.ts'],
      setupFilesAfterEnv: ['<rootDir>/scripts/testing/patient.ts'],
      globalSetup: '<rootDir>/scripts/testing/global-setup.ts',
      globalTeardown: '<rootDir>/scripts/testing/global-teardown.ts',
    },
  ],
  collectCoverageFrom: ['lib/**/*.ts', 'workers/**/*.ts', '!**/*.test.ts'],
  coverageProvider: 'v8',
  coverageDirectory: 'coverage',
};

export default config;
