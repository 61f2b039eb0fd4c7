import { expect, it } from 'vitest'
import { testDesk } from './test-support/desk-fixture.ts'

const small = { accounts: 60, trades: 120 }

it('finds leads, clients and what passed with them, with whom they are about', async () => {
  const { stage, start, window } = await testDesk(small)
  const desk = await start()
  const { api } = await window(desk, { role: 'sales', user: 'bob' })
  const login = stage.source.users()[0]?.login as number
  const lead = await api.leads.add({
    name: 'Zacharias Quendelmoser',
    phones: [{ number: '+43 660 1234567', kind: 'mobile', note: '' }],
  })
  const about = { lead: lead.id }
  const note = await api.interactions.note({ about, title: 'First talk', text: 'Wants gold.', pinned: false })
  const ticket = await api.interactions.ticket({
    about: { login },
    channel: 'email',
    title: 'Payout is late',
    text: 'Since Monday.',
  })
  const found = async (text: string, limit = 10) => {
    const { hits } = await api.search.documents({ text, limit })
    return hits.map(({ kind, id }) => [kind, id])
  }
  await expect.poll(() => found('payout'), { timeout: 30_000 }).toEqual([['ticket', ticket.id]])
  expect(await found('quendelmosr')).toEqual([['lead', lead.id]])
  await expect
    .poll(async () => (await api.search.documents({ text: 'gold', limit: 5 })).complete, { timeout: 30_000 })
    .toBe(true)
  const { hits } = await api.search.documents({ text: '0660 123', limit: 5, kinds: ['lead'] })
  expect(hits).toEqual([
    {
      kind: 'lead',
      id: lead.id,
      subject: lead.id,
      login: 0,
      name: 'Zacharias Quendelmoser',
      at: lead.updatedAt,
      matches: [{ field: 'phone', text: '+43 660 1234567', ranges: [[4, 11]] }],
    },
  ])
  const [talk] = (await api.search.documents({ text: 'gold', limit: 5, kinds: ['note'] })).hits
  expect(talk).toMatchObject({ id: note.id, subject: lead.id, name: 'Zacharias Quendelmoser' })
  const [late] = (await api.search.documents({ text: 'payout', limit: 5 })).hits
  expect(late).toMatchObject({ id: ticket.id, login })
})

it('shows no client to a window without a role', async () => {
  const { start, window } = await testDesk(small)
  const { api } = await window(await start(), {})
  await expect(api.search.documents({ text: 'ann', limit: 5 })).rejects.toMatchObject({ code: 'NO_SESSION' })
})
