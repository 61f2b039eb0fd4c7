import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { applyPage, type Page } from '../../shared/api/pages.ts'
import { NEVER } from '../../shared/documents/fields.ts'
import type { Interaction } from '../../shared/documents/interaction.ts'
import { silentLog } from '../../shared/runtime/ports.ts'
import { factsOf } from '../risk/marks-fixture.ts'
import { createStore } from '../store/create-store.ts'
import type { Store } from '../store/types.ts'
import { type Crm, createCrm } from './create-crm.ts'

let store: Store
let crm: Crm
let now = 1_000_000
let ids = 0
beforeEach(async () => {
  now = 1_000_000
  store = await createStore({ path: null, clock: { now: () => now }, log: silentLog })
  crm = createCrm({
    documents: store.documents,
    account: async (login) => (login < 900 ? factsOf(login) : null),
    clock: { now: () => now++ },
    newId: () => `id-${++ids}`,
  })
})
afterEach(() => store.close())

/** Follows a list as a window does. */
const follow = <R extends { id: string }>(
  watch: (push: (page: Page<R>) => void) => Promise<() => void> | (() => void),
) => {
  const window = { rows: [] as R[], total: -1, heard: 0 }
  const end = watch((page) => {
    window.rows = applyPage(window.rows, page)
    window.total = page.total
    window.heard += page.rows.length
  })
  return { window, end }
}

describe('a client', () => {
  it('is a draft of the MT4 record until somebody writes', async () => {
    const profile = await crm.clients.profile(7)
    expect(profile).toMatchObject({ stored: false, interactions: 0, openTasks: 0 })
    expect(profile.client).toMatchObject({ id: 'login-7', login: 7, name: factsOf(7).user.name })
    expect(await store.documents.clients.count({})).toBe(0)

    const { document, conflicts } = await crm.clients.save(
      7,
      { base: { comment: '' }, changes: { comment: 'likes gold', tags: ['vip'] } },
      'ann',
    )
    expect(conflicts).toEqual([])
    expect(document).toMatchObject({ comment: 'likes gold', createdBy: 'ann', name: factsOf(7).user.name })
    expect(await crm.clients.profile(7)).toMatchObject({ stored: true, client: { tags: ['vip'] } })
  })

  it('saved by two windows at once has both changes, and a conflict where they touch', async () => {
    const { client } = await crm.clients.profile(7)
    const [one, two] = await Promise.all([
      crm.clients.save(7, { base: client, changes: { stage: 'dormant', region: 'North' } }, 'ann'),
      crm.clients.save(7, { base: client, changes: { stage: 'closed', tags: ['x'] } }, 'bob'),
    ])
    expect(one.conflicts).toEqual([])
    expect(two.conflicts).toMatchObject([
      { field: 'stage', kept: { value: 'dormant', by: 'ann' }, other: { value: 'closed', by: 'bob' } },
    ])
    const id = two.conflicts[0]?.id ?? ''
    expect(await crm.conflicts()).toMatchObject([
      { collection: 'clients', id: 'login-7', conflicts: [{ id }] },
    ])
    expect((await crm.clients.profile(7)).client).toMatchObject({
      stage: 'dormant',
      region: 'North',
      tags: ['x'],
    })
    expect(await crm.clients.resolve(7, id, 'other', 'eve')).toMatchObject({ stage: 'closed', conflicts: [] })
    expect(await crm.conflicts()).toEqual([])
  })

  it('that was merged into another is found there, and is in no list', async () => {
    await crm.clients.save(7, { base: {}, changes: { comment: 'one person' } }, 'ann')
    const other = await store.documents.clients.get('login-7')
    if (!other) throw new Error('not stored')
    await store.documents.clients.put({
      ...other,
      id: 'login-8',
      login: 8,
      mergedInto: 'login-7',
      pointer: true,
    })
    expect((await crm.clients.profile(8)).client).toMatchObject({ id: 'login-7', comment: 'one person' })
    const { window, end } = follow((push) =>
      crm.clients.watchList({ list: 'updated', from: 0, count: 10 }, push),
    )
    await expect.poll(() => window.total).toBe(1)
    ;(await end)()
  })

  it('tells its windows of changes, also of calls and tasks about it', async () => {
    const heard: string[] = []
    const end = crm.clients.watchProfile(7, ({ stored, interactions, openTasks, client }) =>
      heard.push(`${stored} ${interactions} ${openTasks} ${client.comment}`),
    )
    await expect.poll(() => heard.at(-1)).toBe('false 0 0 ')
    await crm.interactions.note({ about: { login: 7 }, title: '', text: 'hello', pinned: false }, 'ann')
    await expect.poll(() => heard.at(-1)).toBe('false 1 0 ')
    await crm.clients.save(7, { base: {}, changes: { comment: 'x' } }, 'ann')
    await expect.poll(() => heard.at(-1)).toBe('true 1 0 x')
    end()
    const before = heard.length
    await crm.clients.save(7, { base: {}, changes: { comment: 'y' } }, 'ann')
    expect(heard).toHaveLength(before)
  })
})

describe('a call', () => {
  it('is noted, leaves a task to call back once, and moves the client’s dates', async () => {
    const call = {
      about: { login: 7 },
      at: 500,
      number: '+49 30 1',
      direction: 'out' as const,
      outcome: 'reached' as const,
      durationSeconds: 60,
      text: 'wants a lower leverage',
      callBackAt: 9_000_000,
      alert: '',
    }
    const noted = await crm.interactions.call(call, 'ann')
    await crm.tasks.callBack(noted)
    const { window, end } = follow((push) =>
      crm.tasks.watchList({ state: 'open', about: { login: 7 }, from: 0, count: 10 }, push),
    )
    await expect
      .poll(() => window.rows)
      .toMatchObject([
        { title: `Call back ${factsOf(7).user.name}`, dueAt: 9_000_000, owner: 'ann', subject: 'login-7' },
      ])
    const task = window.rows[0]
    if (!task) throw new Error('no task')
    await crm.tasks.save(task.id, { base: { state: 'open' }, changes: { state: 'done' } }, 'bob')
    await expect.poll(() => window.rows).toEqual([])
    expect(await store.documents.tasks.get(task.id)).toMatchObject({ state: 'done', doneBy: 'bob' })
    ;(await end)()
    expect((await crm.clients.profile(7)).client).toMatchObject({
      lastContactAt: 500,
      nextContactAt: 9_000_000,
    })
  })
})

it('shows what passed with somebody, newest first, and only what changed afterwards', async () => {
  for (let i = 0; i < 30; i++)
    await crm.interactions.note({ about: { login: 7 }, title: '', text: `note ${i}`, pinned: false }, 'ann')
  await crm.interactions.note({ about: { login: 8 }, title: '', text: 'other', pinned: false }, 'ann')
  const { window, end } = follow<Interaction>((push) =>
    crm.interactions.watchList({ about: { login: 7 }, from: 0, count: 10 }, push),
  )
  await expect
    .poll(() => window.rows.map(({ text }) => text))
    .toEqual(Array.from({ length: 10 }, (_, i) => `note ${29 - i}`))
  expect([window.total, window.heard]).toEqual([30, 10])
  await crm.interactions.note({ about: { login: 7 }, title: '', text: 'newest', pinned: false }, 'ann')
  await expect.poll(() => window.rows[0]?.text).toBe('newest')
  expect([window.total, window.rows.length, window.heard]).toEqual([31, 10, 11])
  const first = window.rows[1]
  if (!first) throw new Error('no row')
  await crm.interactions.save(first.id, { base: { text: first.text }, changes: { text: 'put right' } }, 'bob')
  await expect.poll(() => window.rows[1]?.text).toBe('put right')
  expect(window.heard).toBe(12)
  ;(await end)()
})

it('turns a lead into the client of an account, keeping what the account’s record says', async () => {
  const lead = await crm.leads.add({ name: 'Lead Name', tags: ['web'], language: 'de' }, 'ann')
  expect(await crm.leads.convert(lead.id, 950, 'ann')).toMatchObject({
    id: 'login-950',
    name: 'Lead Name',
    tags: ['web'],
    language: 'de',
  })
  expect(await crm.leads.get(lead.id)).toMatchObject({ stage: 'converted', client: 'login-950', login: 950 })
  const other = await crm.leads.add({ name: 'Other', language: 'fr' }, 'ann')
  expect(await crm.leads.convert(other.id, 7, 'ann')).toMatchObject({
    name: factsOf(7).user.name,
    language: 'fr',
  })
})

it('names what is not there', async () => {
  const missing = { name: 'RecordNotFound' }
  await expect(crm.leads.get('no')).rejects.toMatchObject(missing)
  await expect(crm.tasks.save('no', { base: {}, changes: {} }, 'ann')).rejects.toMatchObject(missing)
  await expect(
    crm.interactions.note({ about: { lead: 'no' }, title: '', text: 'x', pinned: false }, 'ann'),
  ).rejects.toMatchObject(missing)
  const task = await crm.tasks.add(
    { about: null, kind: 'other', title: 'x', text: '', owner: 'ann', dueAt: NEVER, priority: 'low' },
    'ann',
  )
  await expect(
    crm.tasks.save(task.id, { base: {}, changes: { title: 'y'.repeat(300) } }, 'ann'),
  ).rejects.toMatchObject({ name: 'BadDocument' })
})
