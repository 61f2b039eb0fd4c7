import type { ReactNode } from 'react'
import type { ViewData } from '../../../shared/api/views.ts'
import { BLANK, formatGain, formatMoney, gainClass } from '../../ui/format.ts'
import { levelWords, marginLevelText } from '../accounts/margin-level.ts'

const Figure = ({ name, children, tone = '' }: { name: string; children: ReactNode; tone?: string }) => (
  <div className="figure">
    <dt>{name}</dt>
    <dd className={tone}>{children}</dd>
  </div>
)

/** The account's live figures; a dash where there is none. */
export const ClientFigures = ({ data }: { readonly data: ViewData<'accounts'> | null }) => {
  const at = (
    column: 'balance' | 'credit' | 'equity' | 'floating' | 'dayPl' | 'margin' | 'freeMargin',
  ): number => data?.columns[column][0] ?? Number.NaN
  const currency = data?.columns.currency[0] ?? ''
  const level = data?.columns.marginLevel[0] ?? Number.NaN
  const state = levelWords(data?.columns.levelType[0] ?? 0)
  const levelText = marginLevelText({
    marginLevel: level,
    equity: at('equity'),
    margin: at('margin'),
    currency,
  })
  const money = (name: string, column: Parameters<typeof at>[0]) => (
    <Figure name={name}>{formatMoney(at(column), currency)}</Figure>
  )
  const gain = (name: string, column: 'floating' | 'dayPl') => (
    <Figure name={name} tone={gainClass(at(column))}>
      {formatGain(at(column), currency)}
    </Figure>
  )
  return (
    <dl className="figures" aria-label={`Figures in ${currency}`}>
      {gain('Floating', 'floating')}
      {gain('Day P&L', 'dayPl')}
      {money('Equity', 'equity')}
      <Figure name="Margin level" tone={state ? 'figure-alarm' : ''}>
        {levelText || BLANK}
        {state && (
          <span className="figure-word">
            {' '}
            {state.mark} {state.words}
          </span>
        )}
      </Figure>
      {money('Balance', 'balance')}
      {money('Credit', 'credit')}
      {money('Used margin', 'margin')}
      {money('Free margin', 'freeMargin')}
    </dl>
  )
}
