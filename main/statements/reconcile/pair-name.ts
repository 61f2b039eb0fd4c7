/** Currencies and metals that name the halves of a pair. */
const known = new Set(
  (
    'AED ARS AUD BGN BHD BRL CAD CHF CLP CNH CNY COP CZK DKK EGP EUR GBP GEL HKD HUF IDR ILS INR JOD JPY KES KRW KWD ' +
    'KZT MAD MXN MYR NGN NOK NZD OMR PEN PHP PLN QAR RON RUB RUR SAR SEK SGD THB TND TRY TWD UAH USD USC VND XAF XOF ZAR ' +
    'XAU XAG XPT XPD XCU BTC ETH LTC XRP BCH USDT'
  ).split(' '),
)

export type PairName = { base: string; quote: string }

/**
 * The pair in a symbol's name ("eurusd", "EURUSD.pro", "mEURUSD"): the first six letters that are two known codes;
 * null for an index, a share, a future. "wticousd" holds no pair: its base is none.
 */
export const pairOf = (symbol: string): PairName | null => {
  const letters = symbol.toUpperCase()
  for (const at of [0, 1, 2]) {
    const [base, quote] = [letters.slice(at, at + 3), letters.slice(at + 3, at + 6)]
    const bounded = at === 0 || !/[A-Z]/u.test(letters[at - 1] ?? '') || at === 1
    if (bounded && known.has(base) && known.has(quote) && base !== quote) return { base, quote }
  }
  return null
}

/** Contract sizes that the field holds to: 100,000 of a currency, 100 oz of gold. 0 for what has no such custom. */
export const customaryContract = ({ base }: PairName): number =>
  metals[base] ?? (crypto.has(base) ? 0 : 100_000)

const metals: Readonly<Record<string, number>> = { XAU: 100, XAG: 5000, XPT: 100, XPD: 100, XCU: 0 }
const crypto = new Set(['BTC', 'ETH', 'LTC', 'XRP', 'BCH', 'USDT'])
