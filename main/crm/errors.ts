/** There is no such client, lead, task or interaction (any more). */
export class RecordNotFound extends Error {
  override readonly name = 'RecordNotFound'
  readonly what: string
  constructor(what: string) {
    super(`There is no ${what}.`)
    this.what = what
  }
}
