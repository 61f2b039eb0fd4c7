/** An idempotency key was used again for another command. Nothing of that write was stored. */
export class OutboxKeyReused extends Error {
  override readonly name = 'OutboxKeyReused'
  constructor(key: string) {
    super(`The key ${key} belongs to another command; a key is used once, for ever.`)
  }
}

/** What was asked of a command has no meaning in its state. Nothing was changed. */
export class OutboxMoveRefused extends Error {
  override readonly name = 'OutboxMoveRefused'
  readonly key: string
  constructor(key: string, why: string) {
    super(why)
    this.key = key
  }
}
