import { ORPCError } from '@orpc/client'
import { DeskUnreachable } from './desk-client.ts'

/** The desk said no, or never heard of it. Any other failure is an answer that was lost. */
export const isCertain = (error: unknown): boolean =>
  error instanceof ORPCError || error instanceof DeskUnreachable
