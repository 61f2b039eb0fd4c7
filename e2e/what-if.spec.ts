import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures/desk.ts'

/** A dealer asks what a move of prices would do, opens whoever is hit, and looks at how the figures came about. */

const whatIf = (page: Page): Locator => page.getByRole('region', { name: 'What-if' })
const client = (page: Page): Locator => page.getByRole('region', { name: 'Client', exact: true })

const enter = async (page: Page, url: string): Promise<void> => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(url)
  await page.getByRole('button', { name: /Dealer/u }).click()
  await expect(page.locator('.link-chip')).toContainText('Live', { timeout: 30_000 })
}

/** The rows are those of every grid; what is this panel's own is looked at. */
const faultsIn = async (page: Page, ...selectors: string[]): Promise<string[]> => {
  const axe = new AxeBuilder({ page })
  for (const selector of selectors) axe.include(selector)
  const { violations } = await axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()
  return violations.map((v) => `${v.id}: ${v.nodes[0]?.html.slice(0, 120)}`)
}

for (const theme of ['dark', 'light'] as const)
  test(`a shock names who is hit and what to hedge, ${theme}`, async ({ page, desk }) => {
    await enter(page, desk.url)
    if (theme === 'light') await page.getByRole('button', { name: 'Light theme' }).click()
    const tab = page.locator('.flexlayout__tab_button', { hasText: 'What-if' })
    await tab.click()
    await tab.dblclick()
    await whatIf(page).getByRole('button', { name: 'Everything' }).click()
    const percent = whatIf(page).getByRole('textbox', { name: 'Move in per cent' })
    await percent.fill('-30')
    await percent.press('Enter')
    await expect(whatIf(page).locator('.panel-foot')).toContainText('took')
    await expect(whatIf(page).getByText('Broker USD').first()).toBeVisible()
    const hits = whatIf(page).getByRole('region', { name: 'Hit on the way' })
    await expect.poll(() => hits.locator('.ag-row').count()).toBeGreaterThan(0)
    await expect(hits.locator('.ag-row').first()).toContainText(/margin call|stop-out/u)
    const hedges = whatIf(page).getByRole('region', { name: 'Hedges' })
    await expect(hedges.locator('.ag-row').first()).toContainText(/buy|sell|flat/u)
    expect(await faultsIn(page, '.what-if-form', '.what-if-tiles', '.what-if-section h3')).toEqual([])

    const login = await hits.locator('[row-index="0"] [col-id="login"]').first().innerText()
    await hits.locator('[row-index="0"] [col-id="name"]').first().dblclick()
    await expect(client(page).getByText(login).first()).toBeVisible()
  })

test('a figure of a client opens, and the card says at which price the limits come', async ({
  page,
  desk,
}) => {
  await enter(page, desk.url)
  const accounts = page.getByRole('region', { name: 'Accounts' })
  await accounts.locator('[row-index="0"] [col-id="name"]').first().click()
  await client(page).getByTitle('How Equity came about').click()
  const popover = page.getByRole('dialog', { name: /Calculation of login/u })
  for (const step of ['Balance', 'Credit', 'Floating', 'Equity']) await expect(popover).toContainText(step)
  expect(await faultsIn(page, '.explain')).toEqual([])
  await page.keyboard.press('Escape')
  await expect(popover).toHaveCount(0)

  await accounts.locator('[row-index="0"] [col-id="floatingBase"]').first().dblclick()
  await expect(popover).toContainText('Floating')
  await expect(popover).toContainText(/old/u)
  await page.keyboard.press('Escape')

  const limits = client(page).getByRole('region', { name: 'Limits' })
  await expect(limits.getByRole('columnheader', { name: /Margin call/u })).toBeVisible()
  await limits.getByRole('textbox').fill('100000000')
  await expect(limits).toContainText('needs a deposit of')
})
