import { NEVER } from '../../../../shared/documents/fields.ts'
import { emptyPerson } from '../../../../shared/documents/person.ts'
import type { OutgoingCommand } from '../../../../shared/outbox/outgoing.ts'
import type { Random } from '../../../../shared/runtime/ports.ts'
import type { Documents } from '../../repository/documents.ts'

/** What the proofs write: a few documents in several collections, each made of the number of the write alone. */
export const slotCollections = ['clients', 'interactions', 'payments', 'settings'] as const
export type SlotCollection = (typeof slotCollections)[number]
const SLOTS = 8

/** A write: `n` is its number in the whole series. */
export type Act = {
  readonly n: number
  readonly collection: SlotCollection
  readonly id: string
  readonly removes: boolean
}

export const actOf = (n: number, random: Random): Act => {
  const collection = slotCollections[Math.floor(random() * slotCollections.length)] as SlotCollection
  return {
    n,
    collection,
    id: `${collection}-${Math.floor(random() * SLOTS)}`,
    removes: random() < 0.15,
  }
}

/** Every third write but those of settings causes commands. Keys are never used twice. */
export const commandsOf = ({ n, collection, id, removes }: Act): OutgoingCommand[] => {
  if (collection === 'settings' || removes || n % 3 !== 0) return []
  return Array.from({ length: 1 + (n % 2) }, (_, i) => ({
    key: `proof-${n}-${i}`,
    channel: 'desk' as const,
    lane: `account:${id.slice(-1)}`,
    command: { type: 'note', n, name: 'Zoë 😀' },
    by: 'ann',
    at: 1_000 + n,
  }))
}

/** Text that differs from write to write in content and length: up to some pages of the file. */
const textOf = (n: number): string => `${n} Zoë 😀 ${'x'.repeat((n * 7_919) % 9_001)}`

const made = (n: number) => ({ createdAt: 1, createdBy: 'ann', updatedAt: n, updatedBy: 'ann' })
const merged = (n: number) => ({ ...made(n), edits: {}, conflicts: [], conflictAt: 0 })

type Maker = (act: Act) => { id: string }
const makers: Readonly<Record<SlotCollection, Maker>> = {
  clients: (act) => ({
    id: act.id,
    mergedInto: '',
    login: act.n,
    logins: [act.n],
    stage: 'active',
    class: 'retail',
    ...emptyPerson(),
    name: `Client ${act.n}`,
    comment: textOf(act.n),
    ...merged(act.n),
    pointer: false,
    outgoing: commandsOf(act),
  }),
  interactions: (act) => ({
    id: act.id,
    kind: 'note',
    subject: 'clients-1',
    login: act.n,
    at: act.n,
    by: 'ann',
    direction: 'none',
    channel: 'none',
    outcome: '',
    state: '',
    durationSeconds: 0,
    number: '+49 30 901820',
    title: `Note ${act.n}`,
    text: textOf(act.n),
    pinned: false,
    callBackAt: NEVER,
    alert: '',
    ...merged(act.n),
    outgoing: commandsOf(act),
  }),
  payments: (act) => ({
    id: act.id,
    kind: 'deposit',
    client: '',
    login: act.n,
    amount: act.n + 0.01,
    currency: 'USD',
    method: 'card',
    state: 'requested',
    order: 0,
    reference: '',
    comment: textOf(act.n),
    history: [],
    ...made(act.n),
    outgoing: commandsOf(act),
  }),
  settings: (act) => ({ id: act.id, kind: 'layout', key: act.id, json: JSON.stringify(textOf(act.n)) }),
}

/** The document as it stands after the write. */
export const documentOf = (act: Act): { id: string } => makers[act.collection](act)

/** The number of the write that made a document. */
export const numberOf = (collection: SlotCollection, document: object): number => {
  const fields = document as { json: string; updatedAt: number }
  return collection === 'settings' ? Number.parseInt(JSON.parse(fields.json) as string, 10) : fields.updatedAt
}

/** Does the write; it is on the disk when the promise resolves. */
export const perform = async (documents: Documents, act: Act): Promise<void> => {
  const repository = documents[act.collection]
  if (act.removes) await repository.remove(act.id)
  else if (act.n % 2 === 0) await repository.put(documentOf(act) as never)
  else await repository.update(act.id, () => documentOf(act) as never)
}
