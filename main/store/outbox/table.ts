import type { DatabaseSync } from 'node:sqlite'
import type { OutboxChannel, OutgoingCommand } from '../../../shared/outbox/outgoing.ts'
import type { OutboxCounts, OutboxState } from '../../../shared/outbox/rows.ts'
import { OutboxKeyReused, OutboxMoveRefused } from './errors.ts'
import { holdsLane } from './holds-lane.ts'
import { move } from './moves.ts'
import { type BodySeal, entryOf, hashOf, type TableRow } from './record.ts'
import { outboxSchema } from './schema.ts'
import type { Entry, Move } from './types.ts'

export type OutboxTable = {
  /** Takes over the commands of a document; inside its transaction. Answers those that are new. @throws OutboxKeyReused */
  readonly insert: (commands: readonly OutgoingCommand[], collection: string, document: string) => Entry[]
  /** @throws OutboxMoveRefused */
  readonly apply: (key: string, what: Move) => { changed: Entry[]; head: Entry | null }
  /** What was on its way when the desk ended: nobody knows what came of it. */
  readonly recover: () => number
  /** The file is an old copy (a backup): what it says is still to be done may have been done since. Answers how many. */
  readonly distrust: () => number
  /** Pending ones that may not go out any more become failed. */
  readonly expire: (at: number) => { changed: Entry[]; nextAt: number | null }
  /** The first command each lane waits for, in the order of writing. */
  readonly heads: (after: number, limit: number) => Entry[]
  readonly head: (lane: string) => Entry | null
  readonly get: (key: string) => Entry | null
  readonly ofDocument: (collection: string, document: string) => Entry[]
  /** What needs a person, then what else is open, then what was finished; each part newest first. */
  readonly page: (states: readonly OutboxState[], limit: number) => Entry[]
  readonly counts: () => OutboxCounts
  /** Every command that ever was, by key, without its contents, which its document tells. */
  readonly history: (slice: { after: string; limit: number }) => OutboxHistory[]
  readonly paused: () => { channel: OutboxChannel; by: string }[]
  readonly pause: (channel: OutboxChannel, paused: boolean, by: string, at: number) => void
  /** Moves what was finished before to the archive, which keeps its key; at most so many at once. */
  readonly archive: (before: number, limit: number) => number
}

/** Columns that a command keeps for good. Times are UTC ms. */
export const historyColumns = [
  'key',
  'channel',
  'lane',
  'state',
  'attempts',
  'reason',
  'by',
  'at',
  'done_at',
  'collection',
  'document',
  'retry_of',
  'retried_by',
] as const
export type OutboxHistory = { readonly key: string } & Readonly<
  Record<(typeof historyColumns)[number], string | number | null>
>

const columns = `key, seq, place, channel, lane, body, sealed, holds, state, hold, unsure, doubted, attempts, turn, sent_at, memory,
  next_at, not_after, reason, answer, by, at, done_at, collection, document, retry_of, retried_by, rev`

/**
 * The table of commands. Every change of a row goes through `move`; the caller owns the transaction (`insert` runs in
 * that of the document, the others in one of their own).
 */
export const createOutboxTable = (db: DatabaseSync, bodies: BodySeal | null = null): OutboxTable => {
  db.exec(outboxSchema)
  const select = (rest: string) => db.prepare(`SELECT ${columns} FROM outbox ${rest}`)
  const byKey = select('WHERE key = ?')
  const headOfLane = select('WHERE open AND lane = ? ORDER BY place, seq LIMIT 1')
  const headsAfter = select(
    `AS o WHERE open AND seq > ? AND NOT EXISTS (
       SELECT 1 FROM outbox AS b WHERE b.open AND b.lane = o.lane AND (b.place, b.seq) < (o.place, o.seq)
     ) ORDER BY seq LIMIT ?`,
  )
  const byDocument = select('WHERE collection = ? AND document = ? ORDER BY seq')
  const heldOnes = select(
    'WHERE hold AND state IN (SELECT value FROM json_each(?)) ORDER BY seq DESC LIMIT ?',
  )
  const openOnes = select(
    'WHERE open AND NOT hold AND state IN (SELECT value FROM json_each(?)) ORDER BY seq DESC LIMIT ?',
  )
  const doneOnes = select(
    'WHERE NOT open AND state IN (SELECT value FROM json_each(?)) ORDER BY done_at DESC LIMIT ?',
  )
  const late = select(`WHERE state = 'pending' AND not_after IS NOT NULL AND not_after < ? ORDER BY seq`)
  const hashByKey = db.prepare(
    'SELECT hash FROM outbox WHERE key = :key UNION ALL SELECT hash FROM outbox_archive WHERE key = :key',
  )
  const add = db.prepare(`INSERT INTO outbox
    (key, place, channel, lane, body, sealed, hash, holds, state, hold, unsure, doubted, attempts, turn, sent_at, memory, next_at,
     not_after, reason, answer, by, at, collection, document, retry_of, rev)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending', 0, 0, 0, 0, 0, 0, '', 0, ?, '', 'null', ?, ?, ?, ?, ?, 0)`)
  const place = db.prepare('UPDATE outbox SET place = seq WHERE seq = ?')
  const update =
    db.prepare(`UPDATE outbox SET state = ?, hold = ?, unsure = ?, doubted = ?, attempts = ?, turn = ?,
    sent_at = ?, memory = ?, next_at = ?, not_after = ?, reason = ?, answer = ?, done_at = ?, retried_by = ?, rev = ?
    WHERE key = ?`)
  const lost = db.prepare(`UPDATE outbox SET state = 'sent', unsure = 1, rev = rev + 1,
    reason = 'The desk was closed before the answer came' WHERE state = 'sending'`)
  const doubt =
    db.prepare(`UPDATE outbox SET state = 'sent', unsure = 1, rev = rev + 1, memory = '', sent_at = at,
    reason = 'The file was restored from a backup; it may have been done since' WHERE state IN ('pending', 'sending')`)
  const nextExpiry = db.prepare(
    `SELECT min(not_after) AS at FROM outbox WHERE state = 'pending' AND not_after IS NOT NULL`,
  )
  const counted = db.prepare(
    `SELECT count(*) AS waiting, coalesce(sum(hold), 0) AS held FROM outbox WHERE open`,
  )
  const kept = historyColumns.join(', ')
  const everything = db.prepare(
    `SELECT ${kept} FROM (SELECT ${kept} FROM outbox UNION ALL SELECT ${kept} FROM outbox_archive) ` +
      'WHERE key > ? ORDER BY key LIMIT ?',
  )
  const pausedOnes = db.prepare('SELECT channel, by FROM outbox_paused')
  const pauseOne = db.prepare('INSERT OR REPLACE INTO outbox_paused (channel, by, at) VALUES (?, ?, ?)')
  const resumeOne = db.prepare('DELETE FROM outbox_paused WHERE channel = ?')
  const oldest = db.prepare('SELECT seq FROM outbox WHERE NOT open AND done_at < ? ORDER BY done_at LIMIT ?')
  const toArchive = db.prepare(`INSERT INTO outbox_archive
    SELECT key, hash, channel, lane, state, attempts, reason, answer, by, at, done_at, collection, document, retry_of,
      retried_by FROM outbox WHERE seq = ?`)
  const drop = db.prepare('DELETE FROM outbox WHERE seq = ?')

  const read = (record: unknown): Entry => entryOf(record as TableRow, bodies)
  const readAll = (records: unknown[]): Entry[] => records.map(read)
  const get = (key: string): Entry | null => {
    const record = byKey.get(key)
    return record ? read(record) : null
  }
  const head = (lane: string): Entry | null => {
    const record = headOfLane.get(lane)
    return record ? read(record) : null
  }

  type Origin = { collection: string; document: string; place?: number; retryOf?: string }
  /** @throws OutboxKeyReused */
  const insertOne = (command: OutgoingCommand, { collection, document, ...origin }: Origin): Entry | null => {
    const { key, channel, lane, by, at, notAfter = null } = command
    const hash = hashOf(command)
    const known = hashByKey.get({ key }) as { hash: Uint8Array } | undefined
    if (known) {
      if (origin.retryOf === undefined && hash.equals(known.hash)) return null
      throw new OutboxKeyReused(key)
    }
    const body = JSON.stringify(command.command)
    const { lastInsertRowid } = add.run(
      key,
      origin.place ?? 0,
      channel,
      lane.toWellFormed(),
      bodies ? null : body,
      bodies ? bodies.seal(body, key) : null,
      hash,
      Number(holdsLane(command)),
      notAfter,
      by.toWellFormed(),
      at,
      collection,
      document,
      origin.retryOf ?? null,
    )
    if (origin.place === undefined) place.run(lastInsertRowid)
    return get(key)
  }

  const write = (entry: Entry): void => {
    update.run(
      entry.state,
      Number(entry.hold),
      Number(entry.unsure),
      Number(entry.doubted),
      entry.attempts,
      entry.turn,
      entry.sentAt,
      entry.memory,
      entry.nextAt,
      entry.notAfter,
      entry.reason.toWellFormed(),
      JSON.stringify(entry.answer ?? null),
      entry.doneAt,
      entry.retriedBy,
      entry.rev,
      entry.key,
    )
  }

  const apply = (key: string, what: Move): { changed: Entry[]; head: Entry | null } => {
    const before = get(key)
    if (!before) throw new OutboxMoveRefused(key, 'There is no such command any more.')
    const result = move(before, what)
    if (!result.ok) throw new OutboxMoveRefused(key, result.why)
    write(result.entry)
    const changed = [result.entry]
    if (result.again && what.do === 'retry') {
      const { collection, document, channel, lane, command, place: at } = before
      const { notAfter } = result.again
      const repeat = {
        key: result.again.key,
        channel,
        lane,
        command,
        by: what.by,
        at: what.at,
        ...(notAfter === null ? {} : { notAfter }),
      }
      const added = insertOne(repeat, { collection, document, place: at, retryOf: key })
      if (added) changed.push(added)
    }
    return { changed, head: head(before.lane) }
  }

  return {
    insert: (commands, collection, document) =>
      commands
        .map((command) => insertOne(command, { collection, document }))
        .filter((added) => added !== null),
    apply,
    recover: () => Number(lost.run().changes),
    distrust: () => Number(doubt.run().changes),
    expire: (at) => {
      const changed = readAll(late.all(at)).flatMap(({ key }) => apply(key, { do: 'expire', at }).changed)
      return { changed, nextAt: (nextExpiry.get() as { at: number | null }).at }
    },
    heads: (after, limit) => readAll(headsAfter.all(after, limit)),
    head,
    get,
    ofDocument: (collection, document) => readAll(byDocument.all(collection, document)),
    page: (states, limit) => {
      const wanted = JSON.stringify(states)
      const rows: unknown[] = []
      for (const part of [heldOnes, openOnes, doneOnes]) rows.push(...part.all(wanted, limit - rows.length))
      return readAll(rows)
    },
    counts: () => counted.get() as OutboxCounts,
    history: ({ after, limit }) => everything.all(after, limit) as OutboxHistory[],
    paused: () => pausedOnes.all() as { channel: OutboxChannel; by: string }[],
    pause: (channel, paused, by, at) => {
      if (paused) pauseOne.run(channel, by.toWellFormed(), at)
      else resumeOne.run(channel)
    },
    archive: (before, limit) => {
      const seqs = oldest.all(before, limit) as { seq: number }[]
      for (const { seq } of seqs) {
        toArchive.run(seq)
        drop.run(seq)
      }
      return seqs.length
    },
  }
}
