import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { BRIDGE_TOKEN, type RunningBridge, runBridge } from './fixtures/bridge.ts'
import { type Served, serve } from './fixtures/serve.ts'

/** What people write about clients: with the server there, with it gone, with the desk killed, and two at once. */

const world = ['seed=11', 'accounts=300', 'positions=600']
const LOGIN = 700_150

const region = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })
const client = (page: Page): Locator => region(page, 'Client')
const timeline = (page: Page): Locator => client(page).getByRole('region', { name: 'Timeline' })
const chip = (page: Page): Locator => page.locator('.link-chip')

const start = (profile: string, url: string): Promise<Served> =>
  serve(profile, ['--bridge', url, '--token-env', 'E2E_BRIDGE_TOKEN'], { E2E_BRIDGE_TOKEN: BRIDGE_TOKEN })

const enter = async (page: Page, url: string, role: RegExp): Promise<void> => {
  await page.goto(url)
  await page.getByRole('button', { name: role }).click()
}

const openTab = async (page: Page, name: string): Promise<void> => {
  await page.locator('.flexlayout__tab_button', { hasText: name }).click()
}

/** Finds the client as a person would, and opens a part of the card. */
const openPart = async (page: Page, part: 'Timeline' | 'Profile'): Promise<void> => {
  // A key pressed while the window is still loading would be lost; a click waits.
  await page.getByRole('button', { name: /Client, symbol or command/u }).click()
  await page.getByRole('combobox', { name: 'Commands, clients and symbols' }).fill(String(LOGIN))
  await page.getByRole('option', { name: new RegExp(`^${LOGIN} `, 'u') }).click()
  await client(page).getByRole('tab', { name: part }).click()
}

const note = async (page: Page, text: string): Promise<void> => {
  await timeline(page).getByRole('button', { name: 'Add note' }).click()
  await timeline(page).getByRole('textbox', { name: 'Note' }).fill(text)
  await page.keyboard.press('Control+Enter')
  await expect(timeline(page).getByRole('listitem').filter({ hasText: text })).toBeVisible()
}

const callBack = async (page: Page, text: string): Promise<void> => {
  await timeline(page).getByRole('button', { name: 'Log a call' }).click()
  const form = timeline(page).getByRole('form', { name: 'Log a call' })
  await form.locator('.outcome-choice', { hasText: 'Call back' }).click()
  await form.getByRole('textbox', { name: 'Minutes' }).fill('4,5')
  await form.getByRole('textbox', { name: 'What was said' }).fill(text)
  await form.getByRole('button', { name: 'Save call' }).click()
  const row = timeline(page).getByRole('listitem').filter({ hasText: text })
  await expect(row).toContainText('Call out: call back')
  await expect(row).toContainText(/Call back .+ desk/u)
}

const finishTask = async (page: Page, text: string): Promise<void> => {
  await openTab(page, 'Tasks')
  const task = region(page, 'Tasks').getByRole('listitem').filter({ hasText: text })
  await expect(task).toContainText(String(LOGIN))
  await task.getByRole('button', { name: /^Done/u }).click()
  await expect(task).toHaveCount(0)
}

const axe = async (page: Page, panel: string): Promise<void> => {
  for (const theme of ['Light theme', 'Dark theme']) {
    await page.getByRole('button', { name: theme }).click()
    const { violations } = await new AxeBuilder({ page }).include(`[data-panel="${panel}"]`).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)).toEqual([])
  }
}

test('notes, calls and tasks are kept: over a reload, without the bridge, and when the desk is killed', async ({
  page,
}, testInfo) => {
  // Two starts of the desk, and every form of the card.
  test.slow()
  const profile = testInfo.outputPath('profile')
  const bridge: RunningBridge = await runBridge(0, world)
  let desk = await start(profile, bridge.url)
  try {
    await enter(page, desk.url, /Dealer/u)
    await expect(chip(page)).toContainText('Live', { timeout: 30_000 })
    await openPart(page, 'Timeline')
    await note(page, 'Prefers to be called after lunch.')
    await callBack(page, 'Wants to talk about the margin.')
    await finishTask(page, 'Wants to talk about the margin.')

    await test.step('what was begun stays while another part is looked at', async () => {
      await openTab(page, 'Client')
      await timeline(page).getByRole('button', { name: 'Add note' }).click()
      await timeline(page).getByRole('textbox', { name: 'Note' }).fill('Half a thou')
      await axe(page, 'Client')
      await client(page).getByRole('tab', { name: 'Profile' }).click()
      await client(page).getByRole('tab', { name: 'Timeline' }).click()
      await expect(timeline(page).getByRole('textbox', { name: 'Note' })).toHaveValue('Half a thou')
    })

    await test.step('a reload keeps what was saved', async () => {
      await page.reload()
      await openPart(page, 'Timeline')
      await expect(timeline(page)).toContainText('Prefers to be called after lunch.')
      await expect(timeline(page)).toContainText('Call out: call back')
    })

    await test.step('the bridge is gone', async () => {
      await bridge.kill()
      await expect(chip(page)).toContainText(/Offline|Connecting/u)
      await note(page, 'Said so while the cable was out.')
      await callBack(page, 'Call again when quotes are back.')
      await openTab(page, 'Tasks')
      await expect(region(page, 'Tasks')).toContainText('Call again when quotes are back.')
      await axe(page, 'Tasks')
    })

    await test.step('the desk is killed and started again, still without a bridge', async () => {
      desk.process.kill('SIGKILL')
      await desk.stop()
      desk = await start(profile, bridge.url)
      await enter(page, desk.url, /Dealer/u)
      await openPart(page, 'Timeline')
      for (const text of ['Prefers to be called', 'while the cable was out', 'when quotes are back'])
        await expect(timeline(page)).toContainText(text)
      await finishTask(page, 'Call again when quotes are back.')
      await expect(region(page, 'Tasks')).not.toContainText('Wants to talk about the margin.')
    })
  } finally {
    await desk.stop()
    await bridge.kill()
  }
})

test('two people change one client: different fields become one, the same field is asked about', async ({
  page,
  context,
}, testInfo) => {
  test.slow()
  const bridge = await runBridge(0, world)
  const desk = await start(testInfo.outputPath('profile'), bridge.url)
  const begin = async (window: Page): Promise<Locator> => {
    await client(window).getByRole('button', { name: 'Edit profile' }).click()
    return client(window).getByRole('form', { name: 'Edit profile' })
  }
  const save = async (form: Locator): Promise<void> => {
    await form.getByRole('button', { name: 'Save changes' }).click()
    await expect(form).toHaveCount(0)
  }
  try {
    await enter(page, desk.url, /Dealer/u)
    await expect(chip(page)).toContainText('Live', { timeout: 30_000 })
    const second = await context.newPage()
    await enter(second, desk.url, /Sales/u)
    await openPart(page, 'Profile')
    await openPart(second, 'Profile')
    const here = await begin(page)
    const there = await begin(second)

    await there.getByRole('textbox', { name: 'Comment' }).fill('Speaks only Czech')
    await there.getByRole('textbox', { name: 'Looked after by' }).fill('maria')
    await save(there)
    await expect(client(second)).toContainText('Speaks only Czech')

    await here.getByRole('textbox', { name: 'Comment' }).fill('Speaks Czech and German')
    await here.getByRole('textbox', { name: 'Tags' }).fill('vip, german')
    await save(here)

    await test.step('fields only one of them changed are there, the other one waits in both windows', async () => {
      for (const window of [page, second]) {
        await expect(client(window)).toContainText('german, vip')
        await expect(client(window)).toContainText('maria')
        const conflict = client(window).getByRole('group', { name: 'Comment' })
        await expect(conflict).toContainText('Speaks only Czech')
        await expect(conflict).toContainText('Speaks Czech and German')
      }
      await axe(page, 'Client')
    })

    await client(page)
      .getByRole('group', { name: 'Comment' })
      .getByRole('button', { name: 'Take this' })
      .click()
    for (const window of [page, second]) {
      await expect(client(window).getByRole('group', { name: 'Comment' })).toHaveCount(0)
      await expect(client(window)).toContainText('Speaks Czech and German')
      await expect(client(window)).not.toContainText('Speaks only Czech')
    }
  } finally {
    await desk.stop()
    await bridge.kill()
  }
})
