import { z } from 'zod'

/**
 * Errors of the desk API, by name. Every message says what happened, what was not lost and what to do; `data`
 * carries the facts a window needs.
 */
export const apiErrors = {
  /** The window has not chosen a role yet. */
  NO_SESSION: { status: 401, message: 'Choose a role first.' },
  /** The role lacks the right. */
  FORBIDDEN: { status: 403, message: 'Your role may not do this.', data: z.object({ right: z.string() }) },
  /** The record is not there (any more). */
  NOT_FOUND: { status: 404, message: 'Not found.', data: z.object({ what: z.string() }) },
  /** The record moved on meanwhile; nothing was changed. */
  CONFLICT: { status: 409, message: 'It has changed meanwhile.', data: z.object({ state: z.string() }) },
  /** Input did not fit its schema. */
  BAD_REQUEST: { status: 400, message: 'The request was not understood.' },
  /** A file given to the desk could not be read; `fault` says why by name. */
  UNREADABLE: { status: 422, message: 'The file could not be read.', data: z.object({ fault: z.string() }) },
  /** It did not reach the disk; what was stored before is unharmed. */
  NOT_STORED: { status: 507, message: 'It could not be stored. What was there before is unharmed.' },
  /** The manager side is not reached; stored data still work. */
  OFFLINE: { status: 503, message: 'The bridge is not reached.' },
  /** A command was sent and its answer lost: it must be checked, not repeated. */
  OUTCOME_UNKNOWN: { status: 504, message: 'The answer was lost. Check before you repeat it.' },
} as const
