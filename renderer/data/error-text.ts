/** What an error says to a person. Errors of the desk carry a sentence; the rest says its message. */
export const errorText = (error: unknown): string => {
  if (error instanceof Error && error.message) return error.message
  return typeof error === 'string' && error ? error : 'Something failed without saying what.'
}
