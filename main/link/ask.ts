import type { SocketLike } from './socket.ts'

type Schema<T> = {
  safeParse: (value: unknown) => { success: true; data: T } | { success: false; error: { message: string } }
}

/** Called when an answer of the bridge does not fit. */
export type Refuse = (fault: string, detail: string) => void

export const BAD_MESSAGE = 'BAD_MESSAGE'

/** What a value is refused for, short enough for a status line. */
export const check = <T>(schema: Schema<T>, value: unknown, what: string, refuse: Refuse): T | undefined => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  refuse(BAD_MESSAGE, `${what}: ${parsed.error.message.replaceAll(/\s+/g, ' ')}`)
  return undefined
}

/**
 * Sends a request and hands its answer over once it met its schema. A second answer is ignored; one that does not
 * fit is refused and reported as `undefined`.
 */
export const ask = <T>(
  socket: SocketLike,
  event: string,
  body: unknown,
  schema: Schema<T>,
  refuse: Refuse,
  answered: (answer: T | undefined) => void,
): void => {
  let open = true
  socket.emit(event, body, (answer: unknown) => {
    if (!open) return
    open = false
    answered(check(schema, answer, `answer to ${event}`, refuse))
  })
}
