/**
 * `outbox` holds what is under way and what was finished lately; `outbox_archive` every key that was ever used, without
 * the contents of its command, which are in `body`, or in `sealed` where the store has keys. `open` marks what its lane has to wait for.
 */
export const outboxSchema = `
CREATE TABLE IF NOT EXISTS outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  place INTEGER NOT NULL,
  channel TEXT NOT NULL,
  lane TEXT NOT NULL,
  body TEXT,
  sealed BLOB,
  hash BLOB NOT NULL,
  holds INTEGER NOT NULL,
  state TEXT NOT NULL,
  hold INTEGER NOT NULL,
  unsure INTEGER NOT NULL,
  doubted INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  sent_at REAL NOT NULL,
  memory TEXT NOT NULL,
  next_at REAL NOT NULL,
  not_after REAL,
  reason TEXT NOT NULL,
  answer TEXT NOT NULL,
  by TEXT NOT NULL,
  at REAL NOT NULL,
  done_at REAL,
  collection TEXT NOT NULL,
  document TEXT NOT NULL,
  retry_of TEXT,
  retried_by TEXT,
  rev INTEGER NOT NULL,
  open INTEGER NOT NULL GENERATED ALWAYS AS (state IN ('pending', 'sending', 'sent') OR hold) STORED
);
CREATE INDEX IF NOT EXISTS outbox_lane ON outbox (lane, place) WHERE open;
CREATE INDEX IF NOT EXISTS outbox_open ON outbox (seq) WHERE open;
CREATE INDEX IF NOT EXISTS outbox_held ON outbox (seq) WHERE hold;
CREATE INDEX IF NOT EXISTS outbox_state ON outbox (state, seq);
CREATE INDEX IF NOT EXISTS outbox_done ON outbox (done_at) WHERE NOT open;
CREATE INDEX IF NOT EXISTS outbox_expiry ON outbox (not_after) WHERE state = 'pending' AND not_after IS NOT NULL;
CREATE INDEX IF NOT EXISTS outbox_document ON outbox (collection, document);
CREATE TABLE IF NOT EXISTS outbox_archive (
  key TEXT PRIMARY KEY,
  hash BLOB NOT NULL,
  channel TEXT NOT NULL,
  lane TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  reason TEXT NOT NULL,
  answer TEXT NOT NULL,
  by TEXT NOT NULL,
  at REAL NOT NULL,
  done_at REAL NOT NULL,
  collection TEXT NOT NULL,
  document TEXT NOT NULL,
  retry_of TEXT,
  retried_by TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outbox_paused (channel TEXT PRIMARY KEY, by TEXT NOT NULL, at REAL NOT NULL) WITHOUT ROWID;
`
