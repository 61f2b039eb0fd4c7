import { agentCommission, agentPayment, paysAgentNow } from '../../main/book/formulas/commission.ts'
import { midPlan, planRate } from '../../main/book/formulas/conversion.ts'
import { currencyDigits } from '../../shared/money/rounding.ts'
import { commissionBasis } from './opening.ts'
import type { Account, Group, SymbolState, World } from './world.ts'

/** What the agent of an account earns on a close, in the client's deposit currency; 0 without an agent. */
export const agentEarns = (
  world: Pick<World, 'quotes' | 'rates'>,
  account: Account,
  symbol: SymbolState,
  deal: { readonly cmd: number; readonly volume: number; readonly price: number },
): number => {
  const sec = account.group.sec[symbol.row.type]
  if (!sec || sec.commAgent === 0 || account.user.agentAccount === 0) return 0
  return agentCommission(sec, commissionBasis(world, account.group, symbol, deal), account.group.digits) || 0
}

const middleRate = (world: World, from: Group, to: Group): number =>
  planRate(midPlan(from.currency, to.currency, world.findPair), false, world.quotes)

/** What is booked for an agent when a trade of a client closes: whom and how much in his own currency. */
export const agentIsPaid = (
  world: World,
  client: Account,
  earned: number,
): { readonly agent: Account; readonly amount: number } | undefined => {
  const agent = world.accountByLogin.get(client.user.agentAccount)
  if (!agent || earned === 0 || !paysAgentNow('close')) return undefined
  const rate = middleRate(world, client.group, agent.group)
  const amount = agentPayment(earned, rate, currencyDigits(agent.group.currency)) || 0
  return amount === 0 ? undefined : { agent, amount }
}

/** Comment of an agent's payment for a trade. */
export const agentComment = (order: number): string => `Agent commission #${order}`
