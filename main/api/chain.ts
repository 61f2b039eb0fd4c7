import { implement, ORPCError } from '@orpc/server'
import { contract } from '../../shared/api/contract.ts'
import { journalEntry, outcomeOf } from '../audit/journal-hook.ts'
import type { ApiContext } from './context.ts'
import { demandRight, errorName, isTrustedSender } from './middleware.ts'
import { contractError } from './named-errors.ts'
import type { Services } from './services.ts'

/**
 * What stands before every procedure: sender, journal (around everything, so that refusals are noted too), role. A
 * handler that is not made from this has none of it.
 */
export const createChain = (
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  trustedOrigins: readonly string[],
) =>
  implement(contract)
    .$context<ApiContext>()
    .use(async ({ context, next, path }, input) => {
      if (!isTrustedSender(context.window.origin, trustedOrigins))
        throw new ORPCError('FORBIDDEN', {
          defined: true,
          status: 403,
          message: 'This page may not speak to the desk.',
          data: { right: 'sender' },
        })
      const name = path.join('.')
      const note = async (result: string): Promise<void> => {
        const { user, role } = context.window
        const entry = journalEntry({ at: clock.now(), path: name, user, role: role(), input, result })
        if (entry !== null) await store.journal.append(entry)
      }
      try {
        demandRight(name, context.window.role())
        const answer = await next()
        await note(outcomeOf(name, answer.output))
        return answer
      } catch (error) {
        await note(errorName(error))
        throw contractError(error)
      }
    })

export type Chain = ReturnType<typeof createChain>
