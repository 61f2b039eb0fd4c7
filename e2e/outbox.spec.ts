import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { BRIDGE_TOKEN, type RunningBridge, runBridge } from './fixtures/bridge.ts'
import { type Served, serve } from './fixtures/serve.ts'

const world = ['seed=7', 'accounts=300', 'positions=600', 'speed=0']

const panel = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })

const check = async (page: Page, name: string): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).include(`[data-panel="${name}"]`).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
}

test('a deposit that was asked for while the bridge was away is booked when it is back', async ({
  page,
}, testInfo) => {
  let bridge: RunningBridge = await runBridge(0, world)
  const port = Number(new URL(bridge.url).port)
  const desk: Served = await serve(
    testInfo.outputPath('profile'),
    ['--bridge', bridge.url, '--token-env', 'DESKLINE_BRIDGE_TOKEN'],
    {
      DESKLINE_BRIDGE_TOKEN: BRIDGE_TOKEN,
    },
  )
  try {
    await page.goto(desk.url)
    await page.getByRole('button', { name: /administrator/iu }).click()
    const link = page.locator('.link-chip')
    await expect(link).toContainText('Live', { timeout: 30_000 })
    await panel(page, 'Accounts').locator('.ag-row').first().click()
    const client = panel(page, 'Client')
    await page.getByRole('tab', { name: 'Client' }).click()
    await expect(client.getByRole('form', { name: 'Money' })).toBeVisible()

    await bridge.kill()
    await expect(link).not.toContainText('Live')

    await test.step('an amount that is none is told at its field', async () => {
      await client.getByRole('textbox', { name: /Amount/u }).fill('12.345')
      await client.getByRole('button', { name: 'Review' }).click()
      await expect(client.getByRole('textbox', { name: /Amount/u })).toHaveAccessibleDescription(/decimals/u)
    })

    await client.getByRole('textbox', { name: /Amount/u }).fill('250.50')
    await client.getByRole('textbox', { name: /Comment/u }).fill('Wire 17')
    await client.getByRole('button', { name: 'Review' }).click()
    const question = client.getByRole('alertdialog', { name: /Deposit of 250.50/u })
    await expect(question.getByRole('row', { name: /Balance/u })).toBeVisible()
    await check(page, 'Client')
    await question.getByRole('button', { name: /Book deposit of 250.50/u }).click()
    await expect(client.getByRole('list', { name: 'Money asked for last' })).toContainText(
      'Waits for the bridge',
    )

    const counter = page.locator('.outbox-counter')
    await expect(counter).toContainText('1 waiting')
    await counter.click()
    const outbox = panel(page, 'Outbox')
    const row = outbox.locator('.ag-row', { hasText: '250.50' })
    await expect(row).toContainText('Waits for the bridge')
    await test.step('what waits can be taken back, which is asked once more', async () => {
      await row.dblclick()
      const decision = outbox.getByRole('region', { name: /Deposit 250.50/u })
      await decision.getByRole('button', { name: 'Take back' }).click()
      await expect(decision.getByRole('alertdialog')).toContainText('It will not be sent')
      await decision.getByRole('button', { name: 'Back', exact: true }).click()
      await page.keyboard.press('Escape')
      await expect(decision).toHaveCount(0)
    })
    await check(page, 'Outbox')

    bridge = await runBridge(port, world)
    await expect(link).toContainText('Live', { timeout: 40_000 })
    await expect(row).toContainText('Confirmed', { timeout: 20_000 })
    await expect(counter).toHaveCount(0)
  } finally {
    await desk.stop()
    await bridge.kill()
  }
})
