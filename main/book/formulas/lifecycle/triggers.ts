import { Cmd } from '../../../../shared/mt4/enums.ts'
import { type Deciding, decisions } from '../decisions.ts'

/** What a price that is reached sets off. */
export type TriggerKind = 'sl' | 'tp' | 'pending'

/** Which price reaches a level, and from which side: `falls` = the price is at or below the level. */
export type TriggerSide = { readonly price: 'bid' | 'ask'; readonly when: 'falls' | 'rises' }

const side = (price: TriggerSide['price'], when: TriggerSide['when']): TriggerSide => ({ price, when })

const bidFalls = side('bid', 'falls')
const bidRises = side('bid', 'rises')
const askFalls = side('ask', 'falls')
const askRises = side('ask', 'rises')

/** Trigger sides (reference §2.5): positions by the side they close at, pendings by the side they open at. */
export const triggerSide = (cmd: number, kind: TriggerKind): TriggerSide | undefined => {
  if (kind === 'pending')
    return cmd === Cmd.BUY_LIMIT
      ? askFalls
      : cmd === Cmd.BUY_STOP
        ? askRises
        : cmd === Cmd.SELL_LIMIT
          ? bidRises
          : cmd === Cmd.SELL_STOP
            ? bidFalls
            : undefined
  if (cmd === Cmd.BUY) return kind === 'sl' ? bidFalls : bidRises
  if (cmd === Cmd.SELL) return kind === 'sl' ? askRises : askFalls
  return undefined
}

/** Whether these prices reach a level. 0 = no level, never reached; a price that is not there reaches nothing. */
export const reached = (cmd: number, kind: TriggerKind, level: number, bid: number, ask: number): boolean => {
  const trigger = triggerSide(cmd, kind)
  if (!trigger || !(level > 0)) return false
  const price = trigger.price === 'bid' ? bid : ask
  return price > 0 && (trigger.when === 'falls' ? price <= level : price >= level)
}

/**
 * Price of a level that is executed: the level itself; stop losses and stop orders at the market's where decision U15
 * says so (limits and take profits never fill worse than asked).
 */
export const fillPrice = (
  cmd: number,
  kind: TriggerKind,
  level: number,
  market: number,
  d: Deciding<'stopFill'> = decisions,
): number => {
  const stop = kind === 'sl' || (kind === 'pending' && (cmd === Cmd.BUY_STOP || cmd === Cmd.SELL_STOP))
  return stop && d.stopFill === 'market' ? market : level
}
