import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { createDocumentSearch } from '../main/store/search/document-search.ts'
import { silentLog, systemTimers } from '../shared/runtime/ports.ts'
import { median, percentile, report } from './report.ts'
import { type BenchDocument, benchDocument, FIRST, LAST, WORDS } from './search/documents.ts'

/**
 * The search of documents over a million of them, through the worker as the desk asks it: time to build, memory, and the
 * time of every kind of question, each asked `ROUNDS` times. The peers answer the same questions from the same texts:
 * SQL LIKE over every document, and SQLite's own trigram index with its ranking. `SEARCH_DOCUMENTS=100000` takes
 * fewer. On a machine that does other things the slowest single answers say more of those.
 */
const DOCUMENTS = Number(process.env.SEARCH_DOCUMENTS ?? 1_000_000)
const ROUNDS = 5
const PEER_ROUNDS = 1
const LIMIT = 20
/** What the issue asks for. */
const MAX_MS = 50

const folder = mkdtempSync(join(tmpdir(), 'deskline-bench-search-'))
const path = join(folder, 'desk.sqlite')

const stored = (n: number): { collection: string; id: string; json: string; text: string } => {
  const made = benchDocument(n)
  const { id, kind, text } = made
  const collection = kind === 'client' ? 'clients' : kind === 'lead' ? 'leads' : 'interactions'
  const document =
    collection === 'interactions'
      ? { id, kind, text }
      : {
          id,
          name: made.name,
          logins: made.login ? [Number(made.login)] : [],
          phones: [{ number: made.phone }],
          emails: [{ address: made.email }],
          tags: made.tags,
          address: { street: '', city: made.city, zipCode: '' },
          comment: text,
        }
  const { name, login, phone, email, tags = [], city } = made
  return {
    collection,
    id,
    json: JSON.stringify(document),
    text: [name, login, phone, email, ...tags, city, text].filter(Boolean).join('\n'),
  }
}

/** The desk's file, and one for the peers with the text of each document in one column. */
const writeFiles = (): { desk: DatabaseSync; peer: DatabaseSync } => {
  const desk = new DatabaseSync(path)
  desk.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF')
  const peer = new DatabaseSync(':memory:')
  peer.exec('CREATE TABLE d (id INTEGER PRIMARY KEY, text TEXT NOT NULL)')
  peer.exec(
    "CREATE VIRTUAL TABLE t USING fts5(text, content = 'd', content_rowid = 'id', tokenize = 'trigram')",
  )
  const tables = new Map(
    ['clients', 'leads', 'interactions'].map((name) => {
      desk.exec(
        `CREATE TABLE "desk/${name}/0" (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL, ` +
          'lwt REAL NOT NULL, data TEXT NOT NULL)',
      )
      return [name, desk.prepare(`INSERT INTO "desk/${name}/0" (id, deleted, lwt, data) VALUES (?, 0, ?, ?)`)]
    }),
  )
  const insert = peer.prepare('INSERT INTO d VALUES (?, ?)')
  desk.exec('BEGIN')
  peer.exec('BEGIN')
  for (let n = 0; n < DOCUMENTS; n++) {
    const { collection, id, json, text } = stored(n)
    tables.get(collection)?.run(id, n, json)
    insert.run(n, text)
  }
  desk.exec('COMMIT')
  peer.exec('COMMIT')
  return { desk, peer }
}

const first = (wanted: (document: BenchDocument) => boolean): BenchDocument => {
  for (let n = DOCUMENTS >> 1; ; n++) {
    const document = benchDocument(n)
    if (wanted(document)) return document
  }
}
const swapped = (word: string): string => word.slice(0, 2) + word.charAt(3) + word.charAt(2) + word.slice(4)
const long = (words: readonly string[]): string[] => words.filter((word) => word.length > 7)

const questions = (): Record<string, string[]> => {
  const client = first(({ login, name }) => login !== undefined && /^[A-Za-z ]+$/.test(name ?? ''))
  const { name = '', login = '', phone = '', email = '' } = client
  const digits = phone.replaceAll(/\D/g, '')
  const ten = (words: readonly string[], from: number): string => words.slice(from, from + 10).join(' ')
  const half = (text: string): string => text.slice(0, -2)
  return {
    one_letter: Array.from('abcdefghijklmnoprstuvwz', (letter) => letter),
    one_digit: Array.from('0123456789', (digit) => digit),
    two_letters: [...new Set(WORDS.slice(0, 200).map((word) => word.slice(0, 2)))],
    name: [name, name.toLowerCase(), half(name), ...FIRST.slice(0, 20), ...LAST.slice(0, 20)],
    name_typo: [swapped(LAST[0] ?? ''), ...long(LAST).slice(0, 40).map(swapped)],
    login: [login, half(login), login.slice(0, 3)],
    phone: [phone, digits, digits.slice(-10), digits.slice(-7), digits.slice(-4), `00${digits}`],
    email: [email, email.split('@')[0] ?? '', half(email), 'gmail.com', 'mail'],
    common_words: WORDS.slice(0, 40),
    common_pairs: WORDS.slice(0, 40).map(
      (word, i) => `${word} ${['vip', 'ticket', 'gold', 'prospect'][i % 4]}`,
    ),
    never_together: [
      'vip ticket',
      'prospect ticket',
      'gold ticket',
      'gmail ticket',
      'cfd scalper',
      'outlook ticket',
    ],
    ten_common: [0, 3, 10, 30, 100].map((from) => ten(WORDS, from)),
    ten_rare: [1_000, 10_000, 30_000, 50_000].map((from) => ten(WORDS, from)),
    ten_beginnings: [0, 5, 20, 40].map((from) =>
      WORDS.slice(from, from + 10)
        .map((word) => word.slice(0, 2))
        .join(' '),
    ),
    ten_letters: ['a b c d e f g h i j', 'b d f g k l m p s t', '1 2 3 4 5 6 7 8 9 0'],
    ten_typos: [0, 100, 1_000, 10_000].map((from) => ten(long(WORDS).map(swapped), from)),
    nothing: ['qqqqqqqq', 'zxzxzx', '00000000000', 'ab12cd34'],
  }
}

const like = (peer: DatabaseSync) => {
  const statements = new Map<number, ReturnType<DatabaseSync['prepare']>>()
  return (text: string): number => {
    const words = text.split(/\s+/)
    const sql = `SELECT id FROM d WHERE ${words.map(() => 'text LIKE ?').join(' AND ')} ORDER BY id DESC LIMIT ${LIMIT}`
    const statement = statements.get(words.length) ?? peer.prepare(sql)
    statements.set(words.length, statement)
    return statement.all(...words.map((word) => `%${word}%`)).length
  }
}
const trigram = (peer: DatabaseSync) => {
  const statement = peer.prepare(`SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ${LIMIT}`)
  return (text: string): number =>
    statement.all(
      text
        .split(/\s+/)
        .map((word) => `"${word.replaceAll('"', '""')}"`)
        .join(' '),
    ).length
}
const timed = (run: () => unknown): number => {
  const from = performance.now()
  run()
  return performance.now() - from
}

const { desk, peer } = writeFiles()
const before = process.memoryUsage().rss
const began = performance.now()
const search = createDocumentSearch({
  filename: path,
  databaseName: 'desk',
  collections: ['clients', 'leads', 'interactions'].map((name) => ({ name, version: 0, sealed: false })),
  keys: null,
  worker: new URL('../main/store/search/worker.ts', import.meta.url),
  timers: systemTimers,
  log: silentLog,
})
const duringBuild: number[] = []
while (!(await search.status()).complete) {
  const from = performance.now()
  await search.find('a', { limit: LIMIT })
  duringBuild.push(performance.now() - from)
  await wait(500)
}
const seconds = (performance.now() - began) / 1_000
report('search.build', seconds, 's')
report('search.build_rate', DOCUMENTS / seconds, 'documents/s')
report('search.question_while_building_worst', Math.max(...duringBuild), 'ms')
report('search.memory', (process.memoryUsage().rss - before) / DOCUMENTS, 'bytes/document')
report('search.index', (await search.status()).bytes / DOCUMENTS, 'bytes/document')

peer.exec("INSERT INTO t(t) VALUES ('rebuild')")
const peerLike = like(peer)
const peerTrigram = trigram(peer)
/** Of each question the median of its rounds: what it takes when nothing else has the processor. */
const typical: number[] = []
const all: number[] = []
let incomplete = 0
for (const [kind, texts] of Object.entries(questions())) {
  const own: number[] = []
  for (const text of texts) {
    const rounds: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const from = performance.now()
      const { complete } = await search.find(text, { limit: LIMIT })
      rounds.push(performance.now() - from)
      if (!complete) incomplete += 1
    }
    all.push(...rounds)
    own.push(median(rounds))
  }
  typical.push(...own)
  const asked = texts.slice(0, 6)
  const peers = (run: (text: string) => number): number =>
    Math.max(...Array.from({ length: PEER_ROUNDS }, () => asked.map((text) => timed(() => run(text)))).flat())
  report(`search.${kind}_median`, median(own), 'ms')
  report(`search.${kind}_worst`, Math.max(...own), 'ms', { name: 'LIKE worst', value: peers(peerLike) })
  report(`search.${kind}_worst`, Math.max(...own), 'ms', {
    name: 'FTS5 trigram worst',
    value: peers(peerTrigram),
  })
}
const limit = { name: 'limit', value: MAX_MS }
report('search.worst_question', Math.max(...typical), 'ms', limit)
report('search.p99', percentile(all, 0.99), 'ms', limit)
report('search.slowest_single', Math.max(...all), 'ms', limit)
report('search.cut_off', incomplete, `of ${all.length} questions`)

await search.close()
desk.close()
peer.close()
rmSync(folder, { recursive: true })
