import type { RxDocumentData } from 'rxdb'
import { expect, it } from 'vitest'
import { createWriteQueue, type Storage } from './write-queue.ts'

type Doc = { id: string; text: string; outgoing: { key: string }[] }
type Stored = RxDocumentData<Doc>

/** Keeps what is written, and refuses the first `conflicts` groups as if somebody else had just written. */
const fakeStorage = (conflicts = 0) => {
  const stored = new Map<string, Stored>()
  const written: Stored[] = []
  const storage: Storage<Doc> = {
    findDocumentsById: async (ids) => ids.flatMap((id) => stored.get(id) ?? []),
    bulkWrite: async (rows) => {
      if (conflicts-- > 0)
        return { error: rows.map(({ document: { id } }) => ({ status: 409, documentId: id })) as never }
      for (const { document } of rows) {
        stored.set(document.id, document)
        written.push(document)
      }
      return { error: [] }
    },
  }
  return { storage, written }
}
const doc = (text: string, ...keys: string[]): Doc => ({
  id: 'a',
  text,
  outgoing: keys.map((key) => ({ key })),
})

it('writes steps on one document together', async () => {
  const { storage, written } = fakeStorage()
  const queue = createWriteQueue(storage)
  await Promise.all(['1', '2', '3'].map((text) => queue.add('a', () => doc(text))))
  expect(written.map(({ text }) => text)).toEqual(['3'])
})

it('never writes over commands that a step causes before they are on the disk', async () => {
  const { storage, written } = fakeStorage()
  const queue = createWriteQueue(storage)
  const answers = await Promise.all([
    queue.add('a', () => doc('1')),
    queue.add('a', () => doc('2', 'first')),
    queue.add('a', () => doc('3', 'second')),
    queue.add('a', () => doc('4')),
    queue.add('a', () => doc('5', 'third')),
    queue.add('a', () => undefined),
  ])
  expect(answers.map((state) => state?.text)).toEqual(['1', '2', '3', '4', '5', undefined])
  expect(
    written.map(({ text, outgoing, _deleted }) => [text, outgoing.map(({ key }) => key).join(), _deleted]),
  ).toEqual([
    ['2', 'first', false],
    ['3', 'second', false],
    ['5', 'third', false],
    ['5', 'third', true],
  ])
})

it('keeps the order of steps when somebody else wrote meanwhile', async () => {
  const { storage, written } = fakeStorage(3)
  const queue = createWriteQueue(storage)
  const append = (text: string) => queue.add('a', (now) => doc(`${now?.text ?? ''}${text}`))
  await Promise.all([append('1'), append('2'), append('3')])
  expect(written.map(({ text }) => text)).toEqual(['123'])
})
