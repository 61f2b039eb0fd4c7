import type {
  NotComputable,
  StatementReport,
  StatementRow,
  TradeFault,
} from '../../../shared/api/statements.ts'

const reasons: Readonly<Record<NotComputable | TradeFault, string>> = {
  NO_RATE: 'no rate into the deposit currency at that moment in the statement',
  NO_CONTRACT: 'no contract size reproduces the symbol’s trades',
  ONE_TRADE: 'the symbol’s only trade: nothing confirms a contract size',
  NO_PRICES: 'archived, without prices',
  NO_CURRENCY: 'deposit currency not known',
  PROFIT: 'does not follow from its prices',
  SIGN: 'opposite sign of its price move',
  RATE: 'needs a rate far from its neighbours’',
}

/** Why a row is as it is; empty for what is right. */
export const whyWords = (row: StatementRow): string => (row.why === null ? '' : reasons[row.why])

export const reasonWords = (reason: NotComputable): string => reasons[reason]

export const kindWords: Readonly<Record<StatementReport['kind'], string>> = {
  statement: 'Statement',
  detailed: 'Detailed statement',
  list: 'List of trades',
}

const types: Readonly<Record<StatementRow['kind'], (row: StatementRow) => string>> = {
  closed: (row) => (row.sell ? 'sell' : 'buy'),
  open: (row) => `${row.sell ? 'sell' : 'buy'}, open`,
  balance: () => 'balance',
  credit: () => 'credit',
}

export const typeWords = (row: StatementRow): string => types[row.kind](row)

/** A sign and a word for each state; never a colour alone. */
export const stateSigns = {
  exact: { sign: '✓', word: 'to the cent', tone: 'gain' },
  agrees: { sign: '✓', word: 'agrees', tone: 'gain' },
  differs: { sign: '✗', word: 'differs', tone: 'loss' },
  notComputable: { sign: '–', word: 'not computable', tone: 'dim' },
  notChecked: { sign: '–', word: 'not checked', tone: 'dim' },
  operation: { sign: '', word: '', tone: 'dim' },
} as const

/** `Agrees`, `1 difference`, `3 differences`. */
export const verdictWords = ({ agrees, differences }: StatementReport): string => {
  if (agrees) return 'Agrees'
  return differences === 1 ? '1 difference' : `${differences} differences`
}
