/** The link is not signed in to a bridge; nothing was sent, so nothing happened. */
export class LinkOffline extends Error {
  override readonly name = 'LinkOffline'
  constructor(detail: string) {
    super(`The command was not sent: ${detail}`)
  }
}

/**
 * A command was sent and its answer was lost for good: the bridge started anew, or did not answer in time. It may
 * or may not have been executed; a person must look before it is repeated.
 */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown'
  readonly requestId: string
  constructor(requestId: string, detail: string) {
    super(`The outcome of ${requestId} is unknown: ${detail}`)
    this.requestId = requestId
  }
}
