import { chromium, defineConfig } from '@playwright/test'
import { findChromium, isProgram } from './build/chromium.ts'

const executablePath = findChromium({
  platform: process.platform,
  env: process.env,
  playwrights: chromium.executablePath(),
  isProgram,
})

/** Root, as in containers, has no sandbox for a test browser. */
const isRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // Every test starts a desk of its own, which keeps a core busy.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  // A fresh desk, its bridge and a browser on two slow cores.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1600, height: 1000 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    colorScheme: 'dark',
    reducedMotion: 'reduce',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === null ? {} : { executablePath }),
      args: isRoot ? ['--no-sandbox'] : [],
    },
  },
})
