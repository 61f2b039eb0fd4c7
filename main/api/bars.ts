import { ORPCError } from '@orpc/server'
import type { Bars } from '../../shared/api/models.ts'
import { chartDataSchema, isSuccess } from '../../shared/bridge/protocol.ts'
import { retName } from '../../shared/mt4/ret-code.ts'
import type { Services } from './services.ts'

/** Bars come from the server (ChartRequest); the window keeps the last one moving from quotes. */
export const bars = async (
  { link, newId }: Pick<Services, 'link' | 'newId'>,
  { symbol, period, count }: { symbol: string; period: number; count: number },
): Promise<Bars> => {
  const answer = await link.command({ type: 'chart:request', requestId: newId(), symbol, period, count })
  const data = chartDataSchema.safeParse(answer.data)
  if (!isSuccess(answer.code) || !data.success)
    throw new ORPCError('NOT_FOUND', {
      defined: true,
      status: 404,
      message: `No bars for ${symbol}: ${isSuccess(answer.code) ? 'the bridge sent no bars' : `${retName(answer.code)} ${answer.message}`}`,
      data: { what: `bars of ${symbol}` },
    })
  return { symbol, period, ...data.data }
}
