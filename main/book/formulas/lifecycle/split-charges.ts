import { roundTo } from '../../../../shared/money/rounding.ts'
import { type Deciding, decisions } from '../decisions.ts'

/** What a position has been charged or credited so far, deposit currency, signed. */
export type Charges = { readonly commission: number; readonly storage: number; readonly taxes: number }

/**
 * Splits charges between the part that closes and the part that stays (decision U8: in proportion to volume). The part
 * that closes is rounded, the other keeps the rest: together they are what was there, to the cent.
 *
 * @param volume of the part that closes, in the unit of `whole`
 */
export const splitCharges = (
  charges: Charges,
  volume: number,
  whole: number,
  digits: number,
  d: Deciding<'chargeSplit'> = decisions,
): { readonly closed: Charges; readonly rest: Charges } => {
  const share = volume >= whole || d.chargeSplit === 'first-part' ? 1 : whole > 0 ? volume / whole : 0
  const part = (amount: number): number => (share === 1 ? amount : roundTo(amount * share, digits))
  const closed = {
    commission: part(charges.commission),
    storage: part(charges.storage),
    taxes: part(charges.taxes),
  }
  return {
    closed,
    rest: {
      commission: roundTo(charges.commission - closed.commission, digits),
      storage: roundTo(charges.storage - closed.storage, digits),
      taxes: roundTo(charges.taxes - closed.taxes, digits),
    },
  }
}
