import { memo, type ReactNode, useMemo, useState } from 'react'
import type { WhatIf } from '../../../shared/api/what-if.ts'
import { useDesk } from '../../data/desk-context.ts'
import { useLink } from '../../data/link-store.ts'
import { useSelect } from '../../data/selection-store.ts'
import { useMay } from '../../data/session-store.ts'
import { useSecond } from '../../data/use-second.ts'
import { answerStatus } from '../../data/view-status.ts'
import { formatMs, formatServerTime } from '../../ui/format.ts'
import { GridTabs } from '../../ui/grid/grid-tabs.tsx'
import { ListGrid } from '../../ui/grid/list-grid.tsx'
import type { KeyHelp } from '../../ui/keys-card.tsx'
import { Panel } from '../../ui/panel.tsx'
import { openPanel } from '../../workspace/workspace-store.ts'
import { hitColumns, symbolColumns } from './what-if-columns.ts'
import { WhatIfQuestion } from './what-if-question.tsx'
import { askWhatIf, useWhatIf } from './what-if-store.ts'
import { WhatIfTiles } from './what-if-tiles.tsx'
import { hitCount, shockWords } from './what-if-words.ts'
import '../../ui/figures.css'
import './what-if.css'

const keys: readonly KeyHelp[] = [{ keys: ['Enter'], does: 'in the form: ask; on a row: open it' }]

const notAllowed = (
  <>
    <p className="panel-message-title">What-if is for dealers, compliance and administrators</p>
    <p className="muted">Your role has no right to it.</p>
  </>
)

const nothingYet = (
  <>
    <p className="panel-message-title">What if prices moved?</p>
    <p className="muted">
      Choose a symbol, a currency or everything, and by how much it moves. The desk works the whole book out
      at those prices: what the broker wins or loses, who meets a margin call or a stop-out in which order,
      and what to hedge.
    </p>
  </>
)

type List = 'hits' | 'hedges'

const lists = [
  { id: 'hits', label: 'Hit on the way' },
  { id: 'hedges', label: 'Hedges' },
] as const

const Section = ({
  title,
  note,
  shown,
  children,
}: {
  readonly title: string
  readonly note: string
  /** Where there is no room for both lists, only one is shown. */
  readonly shown: boolean
  readonly children: ReactNode
}) => (
  <section className="what-if-section" aria-label={title} data-shown={shown}>
    <h3>
      <span className="what-if-title">{title}</span> <span className="muted">{note}</span>
    </h3>
    <div className="what-if-list">{children}</div>
  </section>
)

const Answer = memo(({ answer }: { readonly answer: WhatIf }) => {
  const select = useSelect()
  const [shown, setShown] = useState<List>('hits')
  const columns = useMemo(() => symbolColumns(answer.base), [answer.base])
  return (
    <div className="what-if">
      <WhatIfTiles answer={answer} />
      <div className="what-if-tabs">
        <GridTabs label="What-if" tabs={lists} now={shown} onChange={setShown} />
      </div>
      <div className="what-if-lists">
        <Section
          title="Hit on the way"
          note={`${shockWords(answer.shock, answer.base)}, ${hitCount(answer)}`}
          shown={shown === 'hits'}
        >
          {answer.hits.length === 0 ? (
            <p className="muted what-if-none">Nobody comes into margin call or stop-out.</p>
          ) : (
            <ListGrid
              label="Accounts in the order in which they are hit"
              rows={answer.hits}
              columns={hitColumns}
              keyOf={(r) => `${r.login} ${r.kind}`}
              onOpen={({ login }) => {
                select({ login })
                openPanel('client')
              }}
            />
          )}
        </Section>
        <Section title="Hedges" note="to carry nothing now" shown={shown === 'hedges'}>
          <ListGrid
            label="Results and hedges by symbol"
            rows={answer.symbols}
            columns={columns}
            keyOf={(r) => r.symbol}
            onOpen={({ symbol }) => select({ symbol })}
          />
        </Section>
      </div>
    </div>
  )
})
Answer.displayName = 'Answer'

const Allowed = () => {
  const { api } = useDesk().client
  const { answer, asked, error } = useWhatIf()
  const link = useLink()
  const now = useSecond()
  const { status, age } = answer
    ? answerStatus(answer.valuedAt, link, now)
    : { status: 'live' as const, age: null }
  return (
    <Panel
      title="What-if"
      status={status}
      age={status === 'live' ? null : age}
      offlineHint="The answer is of the last known book."
      error={error}
      onRetry={asked ? () => void askWhatIf(api, asked) : undefined}
      keys={keys}
      empty={answer === null && nothingYet}
      foot={
        answer && (
          <span>
            On prices of {formatServerTime(answer.serverTime)} server · positions are held, nobody is closed
            out on the way · took {formatMs(answer.tookMs)}
          </span>
        )
      }
      toolbar={<WhatIfQuestion />}
    >
      {answer && <Answer answer={answer} />}
    </Panel>
  )
}

/** What a move of prices would do to the whole book. */
export const WhatIfPanel = () =>
  useMay('risk:read') ? <Allowed /> : <Panel title="What-if" status="live" empty={notAllowed} />
