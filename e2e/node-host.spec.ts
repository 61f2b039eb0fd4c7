import { expect, test } from './fixtures/desk.ts'
import { healthOf } from './fixtures/health.ts'

test('the page runs under its policy and takes the token out of the address', async ({ desk, page }) => {
  const broken: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') broken.push(message.text())
  })
  page.on('pageerror', (error) => broken.push(String(error)))
  await page.goto(desk.url)
  await expect(page.locator('#root')).not.toBeEmpty()
  await expect.poll(() => page.url()).not.toContain('token')
  await expect.poll(async () => (await healthOf(desk)).windows).toBe(1)
  expect(broken).toEqual([])
})

test('a page without the token is turned away', async ({ desk, page }) => {
  const closed = new Promise<number>((done) =>
    page.on('websocket', (socket) => socket.on('close', () => done(1))),
  )
  await page.goto(`${desk.origin}/#token=wrong`)
  expect(await closed).toBe(1)
  expect((await healthOf(desk)).windows).toBe(0)
})

test('health and metrics tell of a live book', async ({ desk }) => {
  const phase = async (): Promise<string | undefined> => (await healthOf(desk)).link?.phase
  await expect.poll(phase, { timeout: 60_000 }).toBe('live')
  // The book is asked for its size twice a second.
  await expect.poll(async () => (await healthOf(desk)).book.accounts).toBeGreaterThanOrEqual(300)
  expect(await healthOf(desk)).toMatchObject({ ok: true, host: 'node', store: { ok: true } })
  const metrics = await (await fetch(`${desk.origin}/metrics`)).text()
  expect(metrics).toContain('deskline_link_phase{phase="live"} 1')
})
