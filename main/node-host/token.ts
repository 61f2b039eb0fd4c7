import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

/** 192 random bits, safe in the fragment of an address. */
export const newToken = (): string => randomBytes(24).toString('base64url')

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Compares digests of equal length, so that time tells nothing about the token. */
export const isToken = (expected: string, given: string): boolean =>
  timingSafeEqual(digest(expected), digest(given))

const greetingSchema = z.strictObject({ token: z.string().max(512) })

/** The token in a window's first message `{"token":"…"}`, or null when it is something else. */
export const readGreeting = (text: string): string | null => {
  try {
    const greeting = greetingSchema.safeParse(JSON.parse(text))
    return greeting.success ? greeting.data.token : null
  } catch {
    return null
  }
}

/** The token of an `Authorization: Bearer …` header, or null. */
export const readBearer = (header: string | undefined): string | null =>
  /^Bearer ([\w.~+/=-]{1,512})$/i.exec(header ?? '')?.[1] ?? null
