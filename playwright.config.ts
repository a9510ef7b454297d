import { defineConfig, devices } from '@playwright/test';

/**
 * End-to-end tests: `npm run test:e2e` starts a whole Taskdeck of its own and says where it is.
 * - TASKDECK_URL: the pages; `baseURL`
 * - TASKDECK_ADMIN_EMAIL, TASKDECK_ADMIN_PASSWORD: the sign-in
 * - TASKDECK_API_KEY: for tests that speak to the API
 * - DATABASE_URL, TASKDECK_DATA_DIR: for fixtures that write rows and for tests of an outage
 * - CHROMIUM_PATH: the browser; without it Playwright's own
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // All tests share one running copy, and two cores.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: {
    timeout: 10_000,
    // Fonts and antialiasing differ a little between versions of Chromium; a moved or missing part differs much.
    toHaveScreenshot: { maxDiffPixelRatio: 0.02, animations: 'disabled' },
  },
  snapshotPathTemplate: 'e2e/visual/pictures/{arg}{ext}',
  reporter: [['list'], ['json', { outputFile: 'test-results/results.json' }]],
  use: {
    baseURL: process.env.TASKDECK_URL,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || undefined,
      args: [
        // Chromium's sandbox does not work for root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'chromium', testIgnore: 'visual/**', use: devices['Desktop Chrome'] },
    // In a copy of its own, whose tasks are always the same.
    { name: 'visual', testMatch: 'visual/**/*.spec.ts', use: devices['Desktop Chrome'] },
  ],
});
