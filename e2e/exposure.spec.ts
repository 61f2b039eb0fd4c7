import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures/desk.ts'

/** A dealer reads what the house carries: both books beside the coverage, of everybody and of one currency. */

const panel = (page: Page): Locator => page.locator('[data-panel="Exposure"], [data-panel="Currencies"]')

/** The figures of a column on screen, without the total. */
const column = async (page: Page, id: string): Promise<string[]> =>
  (await panel(page).locator(`.ag-row:not(.ag-row-pinned) [col-id="${id}"]`).allInnerTexts()).filter(Boolean)

const number = (text: string): number => Number(text.replace('−', '-').replaceAll(/[+,]/gu, ''))

const open = async (page: Page, url: string): Promise<void> => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(url)
  await page.getByRole('button', { name: /Dealer/u }).click()
  await expect(page.locator('.link-chip')).toContainText('Live', { timeout: 30_000 })
  const tab = page.locator('.flexlayout__tab_button', { hasText: 'Exposure' })
  await tab.click()
  await expect.poll(() => column(page, 'symbol')).not.toEqual([])
  await tab.dblclick()
}

test('both books and the coverage stand side by side and add up', async ({ page, desk }) => {
  await open(page, desk.url)
  for (const band of ['Net', 'Clients', 'B-book', 'A-book', 'Coverage', 'Clients by side'])
    await expect(panel(page).locator('.ag-header-group-cell', { hasText: band }).first()).toBeVisible()
  await expect.poll(() => column(page, 'aPlBase')).not.toEqual([])
  await expect.poll(() => column(page, 'covPlBase')).not.toEqual([])
  const row = panel(page).locator('.ag-row').first()
  const net = async (id: string): Promise<number> => number(await row.locator(`[col-id="${id}"]`).innerText())
  // Positions come and go between two readings.
  await expect
    .poll(async () =>
      Math.round(((await net('bNetLots')) + (await net('aNetLots')) - (await net('netLots'))) * 100),
    )
    .toBe(0)

  await test.step('without scrolling sideways', async () => {
    const sideways = await panel(page)
      .locator('.ag-grid-viewport')
      .first()
      .evaluate((element) => element.scrollWidth - element.clientWidth)
    expect(sideways).toBeLessThanOrEqual(0)
  })

  // The rows are those of every grid; what is this panel's own is above them.
  const faults = await new AxeBuilder({ page })
    .include('[data-panel="Exposure"] .grid-toolbar')
    .include('[data-panel="Exposure"] .ag-header')
    .analyze()
  expect(faults.violations).toEqual([])
})

test('a scope holds in both faces of the panel and can be cleared', async ({ page, desk }) => {
  await open(page, desk.url)
  const scope = page.getByLabel('Scope', { exact: true })
  await expect.poll(() => scope.locator('optgroup[label="Group"] option').count()).toBeGreaterThan(3)
  await scope.selectOption({ label: 'JPY' })
  const foot = panel(page).locator('.panel-foot')
  await expect(foot).toContainText('Filter: deposit currency JPY')
  await expect.poll(() => column(page, 'covBuyLots')).toEqual([])

  await page.getByRole('tab', { name: 'By currency' }).click()
  await expect(foot).toContainText('Filter: deposit currency JPY')
  await expect.poll(() => column(page, 'clients')).not.toEqual([])
  await expect.poll(() => column(page, 'coverage')).toEqual([])

  await scope.selectOption({ label: 'All accounts' })
  await expect(foot).not.toContainText('Filter')
  await expect.poll(() => column(page, 'coverage')).not.toEqual([])
})
