import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { bytesOf, statementHtml } from '../main/statements/testing/statement-fixture.ts'
import { expect, test } from './fixtures/desk.ts'

/** A person drops a statement in and reads what the desk makes of it. */

const panel = (page: Page) => page.getByRole('region', { name: 'Statement', exact: true })

const give = async (page: Page, name: string, contents: Uint8Array): Promise<void> =>
  page
    .getByLabel('Statement file')
    .setInputFiles({ name, mimeType: 'text/html', buffer: Buffer.from(contents) })

const openPanel = async (page: Page, role: RegExp): Promise<void> => {
  await page.getByRole('button', { name: role }).click()
  await expect(page.locator('.link-chip')).toContainText('Live', { timeout: 30_000 })
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Open Statement')
  await page.keyboard.press('Enter')
  await expect(panel(page)).toBeVisible()
}

test('a right statement agrees, a changed one shows its first difference by name', async ({ page, desk }) => {
  await page.goto(desk.url)
  await openPanel(page, /Compliance/)
  await expect(panel(page)).toContainText('Drop a statement here')

  await give(page, 'client.htm', bytesOf(statementHtml))
  await expect(panel(page)).toContainText('Agrees')
  await expect(panel(page)).toContainText('6 of 6 closed trades to the cent, 1 of 1 open ones')
  await expect(panel(page).getByRole('row', { name: /Free margin/ })).toContainText('35.90')
  await expect(panel(page).getByRole('gridcell', { name: '1006' })).toBeVisible()

  await give(page, 'forged.htm', bytesOf(statementHtml.replace('>50.00<', '>90.00<')))
  await expect(panel(page)).toContainText(
    'Row 2, ticket 1002 (buy 0.50 eurusd): profit 90.00 does not follow',
  )
  await expect(panel(page).getByRole('button', { name: 'Differing 1' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await expect(panel(page).getByRole('gridcell', { name: '1002' })).toBeVisible()
  const faults = await new AxeBuilder({ page }).include('[data-panel="Statement"]').analyze()
  expect(faults.violations).toEqual([])
})

test('what is no statement is refused in words, and the next file is read', async ({ page, desk }) => {
  await page.goto(desk.url)
  await openPanel(page, /Dealer/)
  await give(page, 'letter.htm', bytesOf('<html><body>Hello</body></html>'))
  await expect(panel(page).getByRole('alert')).toContainText('letter.htm could not be read')
  await expect(panel(page).getByRole('alert')).toContainText('this is no statement of an MT4 terminal')
  await give(page, 'half.htm', bytesOf(statementHtml.slice(0, 5000)))
  await expect(panel(page).getByRole('alert')).toContainText('cut off')

  // Dropped, not chosen.
  const files = await page.evaluateHandle(`(() => {
    const data = new DataTransfer()
    data.items.add(new File([${JSON.stringify(statementHtml)}], 'dropped.htm', { type: 'text/html' }))
    return data
  })()`)
  await panel(page).dispatchEvent('dragover', { dataTransfer: files })
  await panel(page).dispatchEvent('drop', { dataTransfer: files })
  await expect(panel(page)).toContainText('dropped.htm')
  await expect(panel(page)).toContainText('Agrees')
})
