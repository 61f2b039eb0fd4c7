/** The book's worker died: its copy of the book is gone, the desk must start another and follow anew. */
export class BookCrashed extends Error {
  override readonly name = 'BookCrashed'
}

/** A question came after `close`, or was open when the book closed. */
export class BookClosed extends Error {
  override readonly name = 'BookClosed'
  constructor() {
    super('the book is closed')
  }
}

/** The book could not answer; the book itself is unharmed. */
export class BookQuestionFailed extends Error {
  override readonly name = 'BookQuestionFailed'
}
