import type { Locator, Page } from '@playwright/test'
import { BRIDGE_TOKEN, runBridge } from './fixtures/bridge.ts'
import { expect, test } from './fixtures/desk.ts'
import { healthOf } from './fixtures/health.ts'
import { type Served, serve } from './fixtures/serve.ts'

/** A desk with the cable out: started again while its bridge is gone, and one that never reached any. */

const world = ['seed=11', 'accounts=300', 'positions=600']
const region = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })
const chip = (page: Page): Locator => page.locator('.link-chip')

const start = (profile: string, url: string): Promise<Served> =>
  serve(profile, ['--bridge', url, '--token-env', 'E2E_BRIDGE_TOKEN'], { E2E_BRIDGE_TOKEN: BRIDGE_TOKEN })

const enter = async (page: Page, url: string): Promise<void> => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(url)
  await page.getByRole('button', { name: /Dealer/u }).click()
}

const openTab = async (page: Page, name: string): Promise<void> => {
  await page.locator('.flexlayout__tab_button', { hasText: name }).click()
}

/** All figures of the accounts on screen, as one text. */
const figures = (page: Page): Promise<string> =>
  region(page, 'Accounts').locator('.live-grid').first().innerText()

/** The figures once their order rests too: rows are sorted anew once a second, so after the last price at most two later. */
const restingFigures = async (page: Page): Promise<string> => {
  let before = ''
  await expect
    .poll(
      async () => {
        const last = before
        before = await figures(page)
        return last !== '' && before === last
      },
      { intervals: [2500] },
    )
    .toBe(true)
  return before
}

test('a desk started with its bridge gone shows the last book with its age, and goes live by itself', async ({
  page,
}, testInfo) => {
  // Two desks, two bridges and every panel.
  test.slow()
  const profile = testInfo.outputPath('profile')
  let bridge = await runBridge(0, world)
  const { url } = bridge
  let desk = await start(profile, url)
  try {
    await enter(page, desk.url)
    await expect(chip(page)).toContainText('Live', { timeout: 30_000 })
    await expect(region(page, 'Accounts').locator('.panel-foot')).toContainText('300 of 300')
    await bridge.kill()
    await expect(chip(page)).toContainText(/Offline|Connecting/u)
    await expect(region(page, 'Accounts')).toContainText(/Book as of \d\d:\d\d:\d\d/u)
    await expect(region(page, 'Alerts')).toContainText(/No new alert comes before the bridge is back/u)
    const last = await restingFigures(page)
    await desk.stop()

    desk = await start(profile, url)
    await enter(page, desk.url)
    await expect(chip(page)).toContainText(/book as of \d\d:\d\d:\d\d/u)
    await expect(region(page, 'Accounts').locator('.panel-foot')).toContainText(/300 of 300.*Offline/u)
    await expect.poll(() => figures(page)).toBe(last)
    await expect(region(page, 'Accounts').locator('.panel-strip')).toContainText(
      'The last known figures stay',
    )

    await test.step('everything can be asked', async () => {
      for (const [tab, rows] of [
        ['Positions', 5],
        ['Exposure', 5],
        ['Quotes', 5],
      ] as const) {
        await openTab(page, tab)
        await expect(region(page, tab)).toContainText(/Offline\. Book as of/u)
        await expect.poll(() => region(page, tab).locator('.ag-row').count()).toBeGreaterThan(rows)
      }
      await expect(region(page, 'Quotes')).toContainText('The bars could not be loaded')
      await openTab(page, 'What-if')
      const whatIf = region(page, 'What-if')
      await whatIf.getByRole('button', { name: 'Everything' }).click()
      await whatIf.getByRole('textbox', { name: 'Move in per cent' }).fill('-30')
      await whatIf.getByRole('textbox', { name: 'Move in per cent' }).press('Enter')
      await expect(whatIf.locator('.panel-foot')).toContainText('took')
      await expect(whatIf.locator('.panel-strip')).toContainText(/Offline\..*last known book/u)

      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Commands, clients and symbols' }).fill('700150')
      await page.getByText(/^700150 /u).click()
      const client = region(page, 'Client')
      await expect(client).toContainText('700150')
      await expect(client.locator('.panel-strip')).toContainText('figures are the last known')
      await client.getByTitle('How Equity came about').click()
      await expect(page.getByRole('dialog', { name: /Calculation of login/u })).toContainText('Balance')
      await page.keyboard.press('Escape')
    })

    await test.step('the bridge is back, with another world', async () => {
      bridge = await runBridge(Number(new URL(url).port), world)
      await expect(chip(page)).toContainText('Live', { timeout: 45_000 })
      await openTab(page, 'Accounts')
      await expect(region(page, 'Accounts').locator('.panel-strip')).toHaveCount(0)
      const after = await figures(page)
      await expect.poll(() => figures(page)).not.toBe(after)
    })
  } finally {
    await desk.stop()
    await bridge.kill()
  }
})

test('a desk that never reached a bridge says so, and not that there is nobody', async ({
  page,
}, testInfo) => {
  // Nobody listens on the discard port.
  const desk = await start(testInfo.outputPath('profile'), 'http://127.0.0.1:9')
  try {
    await enter(page, desk.url)
    await expect(chip(page)).toContainText('never heard')
    await expect(region(page, 'Accounts')).toContainText('Offline, and nothing received yet')
    await expect(region(page, 'Accounts')).toContainText('as soon as the bridge is reached')
    await expect(region(page, 'Accounts')).not.toContainText('Check the rights')
    expect((await healthOf(desk)).link.phase).not.toBe('live')
  } finally {
    await desk.stop()
  }
})
