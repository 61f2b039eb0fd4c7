/** The search cannot answer: its file could not be read, or its worker died and is being started again. */
export class SearchUnavailable extends Error {
  override readonly name = 'SearchUnavailable'
}

/** The search was closed. */
export class SearchClosed extends Error {
  override readonly name = 'SearchClosed'
}
