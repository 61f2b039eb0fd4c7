import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { BRIDGE_TOKEN, type RunningBridge, runBridge } from './fixtures/bridge.ts'
import { test as base, expect } from './fixtures/desk.ts'
import { type Served, serve } from './fixtures/serve.ts'

/** A client who will get into trouble, with an account nobody else trades. */
const world = ['seed=11', 'accounts=300', 'positions=600']

type Stage = { bridge: RunningBridge; desk: Served; restartBridge: () => Promise<void> }

/** A desk on a bridge that runs in a process of its own. */
const test = base.extend<{ stage: Stage }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are used
  stage: async ({}, use, testInfo) => {
    let bridge = await runBridge(0, world)
    const port = Number(new URL(bridge.url).port)
    const desk = await serve(
      testInfo.outputPath('profile'),
      ['--bridge', bridge.url, '--token-env', 'E2E_BRIDGE_TOKEN'],
      { E2E_BRIDGE_TOKEN: BRIDGE_TOKEN },
    )
    await use({
      get bridge() {
        return bridge
      },
      desk,
      restartBridge: async () => {
        bridge = await runBridge(port, world)
      },
    })
    await desk.stop()
    await bridge.kill()
  },
})

/** The browser of a test has no telephone: what a `tel:` link would open is not followed. */
const noTelephone = `addEventListener('click', (event) => {
  if (event.target.closest?.('a[href^="tel:"]')) event.preventDefault()
}, true)`

const enter = async (page: Page, url: string, role: RegExp): Promise<void> => {
  await page.addInitScript(noTelephone)
  await page.goto(url)
  await page.getByRole('button', { name: role }).click()
  await expect(page.locator('.link-chip')).toContainText('Live', { timeout: 30_000 })
}

const accounts = (page: Page) => page.getByRole('region', { name: 'Accounts' })
const alerts = (page: Page) => page.getByRole('region', { name: 'Alerts' })

/** All figures of the accounts on screen, as one text. */
const figures = (page: Page): Promise<string> => accounts(page).locator('.live-grid').first().innerText()

/** An account of the seeded world that is calm: no alert stands on it. */
const CALM_LOGIN = 700_150

/** Puts an account tens of thousands under water, through the manager side. */
const ruin = async (stage: Stage, login: number): Promise<void> => {
  const chart = await stage.bridge.command({ type: 'chart:request', symbol: 'EURUSD', period: 1, count: 1 })
  const close = (chart.data as { close: number[] }).close.at(-1) as number
  const deposit = await stage.bridge.command({
    type: 'balance:deposit',
    login,
    amount: 200_000,
    comment: 'wire',
  })
  expect(deposit.code, deposit.message).toBe(0)
  const open = await stage.bridge.command({
    type: 'trade:open',
    login,
    symbol: 'EURUSD',
    cmd: 0,
    volume: 1000,
    price: Number((close * 1.01).toFixed(5)),
    sl: 0,
    tp: 0,
    comment: 'large',
  })
  expect(open.code, open.message).toBe(0)
}

test('from a fresh profile to a call with its outcome', async ({ stage, page }) => {
  await enter(page, stage.desk.url, /dealer/iu)
  const before = await figures(page)
  await expect.poll(() => figures(page)).not.toBe(before)

  const login = CALM_LOGIN
  await expect(alerts(page).locator('li.alert', { hasText: String(login) })).toHaveCount(0)
  await ruin(stage, login)

  const alert = alerts(page)
    .locator('li.alert', { hasText: String(login) })
    .first()
  await expect(alert).toContainText('Floating loss beyond 10,000', { timeout: 15_000 })
  await alert.locator('.alert-row').click()
  await expect(alert).toContainText('Equity')
  const call = alert.getByRole('link', { name: /^Call \+/u }).first()
  await expect(call).toHaveAttribute('href', /^tel:\+\d+$/u)
  await call.click()
  await expect(alert).toContainText('On call')

  await alert.locator('.outcome-choice', { hasText: 'Reached' }).first().click()
  await alert.getByRole('textbox', { name: 'Note' }).fill('Knows the risk, will add funds tomorrow.')
  await alert.getByRole('button', { name: 'Save and close alert' }).click()
  await alerts(page)
    .getByRole('button', { name: /Done today/u })
    .click()
  await expect(
    alerts(page)
      .locator('li.alert', { hasText: String(login) })
      .first(),
  ).toContainText('Knows the risk')

  await test.step('it is still there after a reload', async () => {
    await page.reload()
    await alerts(page)
      .getByRole('button', { name: /Done today/u })
      .click()
    await expect(
      alerts(page)
        .locator('li.alert', { hasText: String(login) })
        .first(),
    ).toContainText('Knows the risk')
  })
})

test('the bridge is killed and comes back under the desk', async ({ stage, page }) => {
  await enter(page, stage.desk.url, /dealer/iu)
  const foot = accounts(page).locator('.panel-foot')
  await expect(foot).toContainText('300 of 300')
  await stage.bridge.kill()
  await expect(page.locator('.link-chip')).toContainText(/Offline|Connecting/u)
  await expect.poll(() => accounts(page).locator('.ag-row').count()).toBeGreaterThan(5)
  await expect(accounts(page)).toContainText(/stale|offline/iu)

  await stage.restartBridge()
  await expect(page.locator('.link-chip')).toContainText('Live', { timeout: 45_000 })
  const after = await figures(page)
  await expect.poll(() => figures(page)).not.toBe(after)
  await expect(foot).toContainText('300 of 300')
  const health = (await (await fetch(`${stage.desk.origin}/health`)).json()) as { link: { phase: string } }
  expect(health.link.phase).toBe('live')
})

test('two windows work side by side', async ({ stage, page, context }) => {
  await enter(page, stage.desk.url, /dealer/iu)
  const second = await context.newPage()
  await enter(second, stage.desk.url, /sales/iu)
  const login = CALM_LOGIN
  await ruin(stage, login)
  const here = alerts(page)
    .locator('li.alert', { hasText: String(login) })
    .first()
  const there = alerts(second)
    .locator('li.alert', { hasText: String(login) })
    .first()
  await expect(here).toBeVisible({ timeout: 15_000 })
  await expect(there).toBeVisible({ timeout: 15_000 })

  await here.locator('.alert-row').click()
  const call = here.getByRole('link', { name: /^Call \+/u }).first()
  await call.click()
  await expect(there).toContainText('On call')
  await second.close()
  const still = await figures(page)
  await expect.poll(() => figures(page)).not.toBe(still)
})

test('a compliance officer sees alerts and may not work them', async ({ stage, page }) => {
  await enter(page, stage.desk.url, /compliance/iu)
  const alert = alerts(page).locator('li.alert').first()
  await expect(alert).toBeVisible({ timeout: 30_000 })
  await alert.locator('.alert-row').click()
  await expect(alert.getByRole('link', { name: /^Call/u })).toHaveCount(0)
  await expect(alert.getByRole('button', { name: /Save/u })).toHaveCount(0)
})

for (const theme of ['dark', 'light'] as const)
  test(`the dealer's window passes the accessibility rules, ${theme}`, async ({ stage, page }) => {
    await enter(page, stage.desk.url, /dealer/iu)
    if (theme === 'light') await page.getByRole('button', { name: 'Light theme' }).click()
    await expect.poll(() => accounts(page).locator('.ag-row').count()).toBeGreaterThan(5)
    await alerts(page).locator('li.alert .alert-row').first().click()
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa'])
      .analyze()
    expect(violations.map((v) => `${v.id}: ${v.nodes[0]?.html.slice(0, 120)}`)).toEqual([])
  })
