import type { TradeRecord } from '../../../../shared/bridge/tables.ts'
import { type Deciding, decisions } from '../decisions.ts'

/** What is worked out once when a position opens: rates of the moment, charges in deposit currency (negative = cost). */
export type OpeningTerms = {
  readonly openPrice: number
  readonly marginRate: number
  /** Profit → deposit currency; stored only where decision U5 says so. */
  readonly profitRate: number
  readonly commission: number
  readonly taxes: number
}

type OpeningFields = Pick<
  TradeRecord,
  'openPrice' | 'marginRate' | 'convRateOpen' | 'commission' | 'taxes' | 'storage'
>

/** Fields that opening fixes: margin rate and price stay as they are until the position closes. */
export const openingFields = (terms: OpeningTerms, d: Deciding<'convRates'> = decisions): OpeningFields => ({
  openPrice: terms.openPrice,
  marginRate: terms.marginRate,
  convRateOpen: d.convRates === 'profit' ? terms.profitRate : terms.marginRate,
  commission: terms.commission,
  taxes: terms.taxes,
  storage: 0,
})
