export type Reply = (answer: unknown) => void

export const noReply: Reply = () => {}

/** Fits every answer schema there is: hello, sign-in and follow read `ok`, commands read `requestId`. */
export const refusal = (code: number, message: string, payload: unknown): object => {
  const id = (payload as { requestId?: unknown } | null | undefined)?.requestId
  const requestId = typeof id === 'string' && id.length >= 8 && id.length <= 64 ? id : 'not-given'
  return { ok: false, code, message, retryAfterMs: 0, requestId }
}
