/** The command line cannot be followed; the message is one sentence for the person who typed it. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError'
}
