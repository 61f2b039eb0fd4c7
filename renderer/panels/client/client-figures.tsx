import type { ReactNode } from 'react'
import type { AccountFigure } from '../../../shared/api/explain.ts'
import type { ViewData } from '../../../shared/api/views.ts'
import { BLANK, formatGain, formatMoney, gainClass } from '../../ui/format.ts'
import { levelWords, marginLevelText } from '../accounts/margin-level.ts'
import { ExplainPopover } from '../explain/explain-popover.tsx'
import { useExplainClick } from '../explain/use-explain-click.ts'

type FigureProps = {
  readonly name: string
  readonly children: ReactNode
  readonly tone?: string
  /** Opens how the figure came about; records such as the balance have nothing to open. */
  readonly onOpen?: ((element: HTMLElement) => void) | undefined
}

const Figure = ({ name, children, tone = '', onOpen }: FigureProps) => (
  <div className="figure">
    <dt>{name}</dt>
    <dd className={tone}>
      {onOpen ? (
        <button
          type="button"
          className="figure-open"
          title={`How ${name} came about`}
          onClick={(event) => onOpen(event.currentTarget)}
        >
          {children}
        </button>
      ) : (
        children
      )}
    </dd>
  </div>
)

/** The account's live figures; a dash where there is none. */
export const ClientFigures = ({ data }: { readonly data: ViewData<'accounts'> | null }) => {
  const explain = useExplainClick()
  const at = (
    column: 'balance' | 'credit' | 'equity' | 'floating' | 'dayPl' | 'margin' | 'freeMargin',
  ): number => data?.columns[column][0] ?? Number.NaN
  const login = data?.columns.login[0]
  const currency = data?.columns.currency[0] ?? ''
  const level = data?.columns.marginLevel[0] ?? Number.NaN
  const state = levelWords(data?.columns.levelType[0] ?? 0)
  const levelText = marginLevelText({
    marginLevel: level,
    equity: at('equity'),
    margin: at('margin'),
    currency,
  })
  const opens = (figure: AccountFigure): ((element: HTMLElement) => void) | undefined =>
    login === undefined
      ? undefined
      : (element) => explain.open({ kind: 'account', id: login, figure }, element)
  const record = (name: string, column: 'balance' | 'credit') => (
    <Figure name={name}>{formatMoney(at(column), currency)}</Figure>
  )
  const money = (name: string, column: 'equity' | 'margin' | 'freeMargin') => (
    <Figure name={name} onOpen={opens(column)}>
      {formatMoney(at(column), currency)}
    </Figure>
  )
  const gain = (name: string, column: 'floating' | 'dayPl') => (
    <Figure name={name} tone={gainClass(at(column))} onOpen={opens(column)}>
      {formatGain(at(column), currency)}
    </Figure>
  )
  return (
    <>
      <dl className="figures" aria-label={`Figures in ${currency}`}>
        {gain('Floating', 'floating')}
        {gain('Day P&L', 'dayPl')}
        {money('Equity', 'equity')}
        <Figure name="Margin level" tone={state ? 'figure-alarm' : ''} onOpen={opens('marginLevel')}>
          {levelText || BLANK}
          {state && (
            <span className="figure-word">
              {' '}
              {state.mark} {state.words}
            </span>
          )}
        </Figure>
        {record('Balance', 'balance')}
        {record('Credit', 'credit')}
        {money('Used margin', 'margin')}
        {money('Free margin', 'freeMargin')}
      </dl>
      {explain.spot && <ExplainPopover spot={explain.spot} onClose={explain.close} />}
    </>
  )
}
