/** No alert has this id. */
export class AlertNotFound extends Error {
  override readonly name = 'AlertNotFound'
  readonly id: string
  constructor(id: string) {
    super(`There is no alert ${id}.`)
    this.id = id
  }
}

/** The alert is already closed; nothing was changed. */
export class AlertConflict extends Error {
  override readonly name = 'AlertConflict'
  readonly id: string
  /** State the alert is in. */
  readonly state: string
  constructor(id: string, state: string) {
    super(`Alert ${id} is already ${state}. Nothing was changed.`)
    this.id = id
    this.state = state
  }
}
