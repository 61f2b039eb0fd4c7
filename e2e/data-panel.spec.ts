import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures/desk.ts'

/** The desk's own data looked after in the window: copies, the way back to one, and the ways out and in. */

const data = (page: Page): Locator => page.getByRole('region', { name: 'Data', exact: true })
const part = (page: Page, name: string): Locator => data(page).getByRole('region', { name })

const enter = async (page: Page, url: string, role: RegExp): Promise<void> => {
  await page.goto(url)
  await page.getByRole('button', { name: role }).click()
  await page.locator('.flexlayout__tab_button', { hasText: 'Data' }).click()
  await expect(part(page, 'Store')).toContainText('in order', { timeout: 30_000 })
}

const axe = async (page: Page): Promise<void> => {
  for (const theme of ['Light theme', 'Dark theme']) {
    await page.getByRole('button', { name: theme }).click()
    const { violations } = await new AxeBuilder({ page }).include('[data-panel="Data"]').analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)).toEqual([])
  }
}

test('an administrator backs up, checks, exports, looks through an import and plans a restore', async ({
  page,
  desk,
}) => {
  await enter(page, desk.url, /Administrator/iu)
  await expect(part(page, 'Store')).toContainText('sealed')
  await expect(part(page, 'Backups')).toContainText('None yet')

  await data(page).getByRole('button', { name: 'Back up now' }).click()
  await expect(part(page, 'Backups').getByRole('row', { name: /opened and whole/u })).toHaveCount(1, {
    timeout: 30_000,
  })
  await data(page).getByRole('button', { name: 'Check', exact: true }).click()
  await expect(page.getByText('The whole file was read and is sound.')).toBeVisible()

  const exported = part(page, 'Export').getByText(/^Last export: /u)
  const folder = async (): Promise<string> => (await exported.innerText()).split('/').at(-1) ?? ''
  await part(page, 'Export').getByRole('button', { name: 'Export without personal data' }).click()
  await expect(exported).toContainText(/\d+ files without personal data in/u)
  const thin = await folder()

  await test.step('what lies in the clear is asked about twice', async () => {
    await part(page, 'Export').getByRole('button', { name: 'Export everything' }).click()
    const question = part(page, 'Export').getByRole('alertdialog')
    const sure = question.getByRole('button', { name: 'Export everything' })
    await expect(sure).toBeDisabled()
    await question.getByRole('textbox').fill('personal')
    await sure.click()
    await expect(exported).toContainText(/\d+ files with personal data in/u)
  })

  await test.step('an import is looked through before anything is written', async () => {
    const box = part(page, 'Import')
    const take = box.getByRole('button', { name: 'Take in' })
    const look = async (name: string): Promise<void> => {
      await box.getByRole('textbox').fill(name)
      await box.getByRole('button', { name: 'Look through' }).click()
    }
    await expect(take).toBeDisabled()
    await look('nowhere')
    await expect(page.getByText(/There is no folder nowhere/u)).toBeVisible()
    await look(thin)
    await expect(page.getByText(/made without personal fields/u)).toBeVisible()
    await expect(take).toBeDisabled()
    await look(await folder())
    await expect(box.getByRole('table', { name: 'What would be taken in' })).toBeVisible()
    await expect(take).toBeEnabled()
    await take.click()
    await expect(box.getByRole('table', { name: 'What was taken in' })).toBeVisible()
    await expect(take).toBeDisabled()
  })

  await test.step('a backup takes the file’s place only for who typed the word', async () => {
    await part(page, 'Backups')
      .getByRole('button', { name: /Restore/u })
      .click()
    const question = part(page, 'Backups').getByRole('alertdialog')
    const restore = question.getByRole('button', { name: 'Restore at the next start' })
    await expect(restore).toBeDisabled()
    await question.getByRole('textbox').fill('restored')
    await expect(restore).toBeDisabled()
    await axe(page)
    await question.getByRole('textbox').fill('restore')
    await restore.click()
    await expect(part(page, 'Backups').getByRole('status')).toContainText('at the next start', {
      timeout: 30_000,
    })
  })
})

test('compliance sees the data and may export them, and cannot change or replace anything', async ({
  page,
  desk,
}) => {
  await enter(page, desk.url, /Compliance/iu)
  await expect(part(page, 'Export').getByRole('button')).toHaveCount(2)
  await expect(part(page, 'Backups')).toContainText('None yet')
  await expect(part(page, 'Import')).toHaveCount(0)
  for (const name of ['Back up now', 'Check', 'Compact'])
    await expect(data(page).getByRole('button', { name, exact: true })).toHaveCount(0)
  await axe(page)
})

test('a dealer is told who looks after the data', async ({ page, desk }) => {
  await page.goto(desk.url)
  await page.getByRole('button', { name: /Dealer/u }).click()
  await expect(page.locator('.link-chip')).toContainText('Live', { timeout: 30_000 })
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Commands, clients and symbols' }).fill('Open Data')
  await page.keyboard.press('Enter')
  await expect(data(page)).toContainText('looked after by administrators')
})
