import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures/desk.ts'

const enter = async (page: Page, url: string, role: RegExp): Promise<void> => {
  await page.goto(url)
  await page.getByRole('button', { name: role }).click()
  await expect(page.locator('.link-chip')).toContainText('Live', { timeout: 30_000 })
}

const panel = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })

/** The critical rule of a fresh desk; nobody in the small world is near its 50,000. */
const RULE = 'Open result beyond 50,000'

test('an administrator lowers a limit and the desk warns by it', async ({ desk, page }) => {
  await enter(page, desk.url, /administrator/iu)
  const rule = panel(page, 'Rules').locator('li.rule', { hasText: RULE })
  await expect(rule).toContainText('beyond ±50,000 USD')
  const alert = panel(page, 'Alerts').locator('li.alert', { hasText: 'Floating loss beyond 123.00' }).first()
  await expect(alert).toHaveCount(0)

  await rule.locator('.rule-main').click()
  await page.keyboard.press('Enter')
  const form = rule.getByRole('form', { name: `Edit ${RULE}` })
  const loss = form.getByRole('textbox', { name: 'Loss, amount' })

  await test.step('what cannot be meant is told at its field and not saved', async () => {
    await loss.fill('-123')
    await page.keyboard.press('Control+Enter')
    await expect(loss).toHaveAccessibleDescription(/More than 0/u)
    await expect(loss).toBeFocused()
  })

  await test.step('before and after stand side by side', async () => {
    await loss.fill('123')
    await expect(form.getByRole('row', { name: /Loss, amount/u })).toHaveText(/50,000\sUSD.*123\sUSD/u)
  })

  await test.step('Esc asks before it throws anything away, and what was written survives another tab', async () => {
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Keep editing' }).click()
    await expect(loss).toHaveValue('123')
    await page.getByRole('tab', { name: 'Connection' }).click()
    await expect(loss).toBeHidden()
    await page.getByRole('tab', { name: 'Rules' }).click()
    await expect(loss).toHaveValue('123')
    const { violations } = await new AxeBuilder({ page }).include('[data-panel="Rules"]').analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
  })

  await loss.press('Control+Enter')
  await expect(form).toHaveCount(0)
  await expect(alert).toBeVisible({ timeout: 10_000 })
  await expect(alert).toHaveAttribute('data-severity', 'critical')

  await page.reload()
  await expect(rule).toContainText('123 USD')
})

test('a compliance officer reads the rules and cannot change them', async ({ desk, page }) => {
  await enter(page, desk.url, /compliance/iu)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('open rules')
  await page.getByRole('option', { name: /^Open Rules/u }).click()
  const rules = panel(page, 'Rules')
  await expect(rules.locator('li.rule', { hasText: RULE })).toContainText(/Raises a critical alert when/u)
  await rules.locator('.rule-main').first().click()
  await page.keyboard.press('Enter')
  await page.keyboard.press('n')
  await expect(rules.getByRole('form')).toHaveCount(0)
  await expect(rules.getByRole('button', { name: /New rule|Edit|Save/u })).toHaveCount(0)
  await expect(rules).toContainText('read only in your role')
})
