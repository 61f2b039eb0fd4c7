/** Names one instrument goes by at different brokers, in the form `baseName` answers. */
const aliases: Readonly<Record<string, string>> = {
  GOLD: 'XAUUSD',
  SILVER: 'XAGUSD',
  USOIL: 'WTI',
  US500: 'SPX500',
  IDXUSSPX500: 'SPX500',
  BITCOIN: 'BTCUSD',
  ETHEREUM: 'ETHUSD',
}

const pair = /^[A-Z]{6}/u
const currencies = new Set(
  'AUD CAD CHF CNH CZK DKK EUR GBP HKD HUF ILS JPY MXN NOK NZD PLN RUB SEK SGD THB TRY USD ZAR XAU XAG XPT XPD BTC ETH LTC XRP'.split(
    ' ',
  ),
)

/** True for "EURUSD", "eurusd.pro", "XAUUSD@": six letters that are two known currencies or metals. */
export const isPairName = (symbol: string): boolean => {
  const name = symbol.toUpperCase()
  return pair.test(name) && currencies.has(name.slice(0, 3)) && currencies.has(name.slice(3, 6))
}

/** The instrument behind a broker's symbol: without suffix and case, aliases resolved ("usdjpy." → "USDJPY"). */
export const baseName = (symbol: string): string => {
  const name = symbol.toUpperCase()
  if (isPairName(name)) return name.slice(0, 6)
  const plain = name.replace(/[.@#].*$/u, '').replaceAll(/[^A-Z\d]/gu, '')
  return aliases[plain] ?? plain
}
