import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { ClientCard } from '../../../shared/api/models.ts'
import { may } from '../../../shared/api/permissions.ts'
import type { ViewData } from '../../../shared/api/views.ts'
import { MONEY_COMMENT_LENGTH } from '../../../shared/outbox/money-tag.ts'
import { accountLane } from '../../../shared/outbox/outgoing.ts'
import type { OutboxRow } from '../../../shared/outbox/rows.ts'
import { useDesk } from '../../data/desk-context.ts'
import { errorText } from '../../data/error-text.ts'
import { isCertain } from '../../data/is-certain.ts'
import { useOutbox } from '../../data/outbox-store.ts'
import { useSession } from '../../data/session-store.ts'
import { useSecond } from '../../data/use-second.ts'
import { formatMoment } from '../../ui/format.ts'
import { openPanel } from '../../workspace/workspace-store.ts'
import { heldLanes, stateWords, whatWords } from '../outbox/outbox-words.ts'
import { MoneyConfirm, type MoneyFailure } from './money-confirm.tsx'
import { type MoneyFigures, type MoneyKind, moneyKinds, readAmount } from './money-form.ts'
import './client-money.css'

const SHOWN = 5

/** The money that was asked for last on this account, and how far it has come. */
const LastMoney = ({ login }: { readonly login: number }) => {
  const { rows, channels } = useOutbox((book) => book)
  const now = useSecond()
  const lane = accountLane(login)
  const mine = rows.filter((row: OutboxRow) => row.lane === lane && row.document.collection === 'payments')
  if (mine.length === 0) return null
  const held = heldLanes(rows)
  return (
    <ul className="money-list" aria-label="Money asked for last">
      {mine.slice(0, SHOWN).map((row) => {
        const { sign, word, tone } = stateWords(row, channels, held, now)
        return (
          <li key={row.key}>
            <span>{whatWords(row)}</span>
            <button
              type="button"
              className="cell-link"
              data-tone={tone ?? undefined}
              onClick={() => openPanel('outbox')}
            >
              {sign} {word}
              {row.order !== null && `, ticket ${row.order}`}
            </button>
            <span className="muted">{formatMoment(row.at, now)}</span>
          </li>
        )
      })}
    </ul>
  )
}

const figuresOf = (data: ViewData<'accounts'> | null): MoneyFigures => {
  const at = (column: keyof MoneyFigures): number => data?.columns[column][0] ?? Number.NaN
  return {
    balance: at('balance'),
    credit: at('credit'),
    equity: at('equity'),
    freeMargin: at('freeMargin'),
    margin: at('margin'),
  }
}

type MoneyProps = { readonly card: ClientCard; readonly data: ViewData<'accounts'> | null }

/** Books money on the account: what, how much, once more what will be true, and then it is sent when the bridge is there. */
const MoneyForm = ({ card, data }: MoneyProps) => {
  const { api } = useDesk().client
  const { login, currency } = card
  const [kind, setKind] = useState<MoneyKind>('deposit')
  const [typed, setTyped] = useState('')
  const [comment, setComment] = useState('')
  const [tried, setTried] = useState(false)
  /** One until the money is booked: whatever is lost on the way, a second click is the same request. */
  const [requestId, setRequestId] = useState(() => crypto.randomUUID())
  const [asking, setAsking] = useState(false)
  const [failure, setFailure] = useState<MoneyFailure | null>(null)
  const [busy, setBusy] = useState(false)
  const amountField = useRef<HTMLInputElement>(null)
  const [amountId, commentId, errorId] = [useId(), useId(), useId()]
  const read = readAmount(typed, currency)
  const wrong = tried && !read.ok ? read.why : null

  useEffect(() => {
    if (!asking && tried) amountField.current?.focus()
  }, [asking, tried])

  const review = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    setFailure(null)
    setAsking(read.ok)
  }
  const book = async (): Promise<void> => {
    if (!asking || !read.ok || busy) return
    setBusy(true)
    try {
      await api.payments.request({ requestId, login, kind, amount: read.amount, comment })
      setTyped('')
      setComment('')
      setTried(false)
      setAsking(false)
      setRequestId(crypto.randomUUID())
    } catch (error) {
      setFailure({ certain: isCertain(error), reason: errorText(error) })
    } finally {
      setBusy(false)
    }
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !asking) return
    event.stopPropagation()
    setAsking(false)
  }

  if (asking && read.ok)
    return (
      <MoneyConfirm
        kind={kind}
        amount={read.amount}
        comment={comment}
        card={card}
        now={figuresOf(data)}
        busy={busy}
        failure={failure}
        onKeyDown={onKeyDown}
        onBook={() => void book()}
        onBack={() => setAsking(false)}
      />
    )
  return (
    <form className="money" aria-label="Money" onSubmit={review} noValidate>
      <select
        className="field"
        aria-label="Kind"
        value={kind}
        onChange={({ target }) => setKind(target.value as MoneyKind)}
      >
        {(Object.keys(moneyKinds) as MoneyKind[]).map((each) => (
          <option key={each} value={each}>
            {moneyKinds[each]}
          </option>
        ))}
      </select>
      <label htmlFor={amountId} className="visually-hidden">
        Amount in {currency}
      </label>
      <input
        ref={amountField}
        id={amountId}
        className="field num money-amount"
        inputMode="decimal"
        autoComplete="off"
        placeholder="Amount"
        value={typed}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : errorId}
        onChange={({ target }) => setTyped(target.value)}
      />
      <span>{currency}</span>
      <label htmlFor={commentId} className="visually-hidden">
        Comment, read by the client
      </label>
      <input
        id={commentId}
        className="field money-comment"
        maxLength={MONEY_COMMENT_LENGTH}
        placeholder="Comment, read by the client"
        value={comment}
        onChange={({ target }) => setComment(target.value)}
      />
      <button type="submit" className="button">
        Review
      </button>
      {wrong !== null && (
        <p id={errorId} className="money-wrong" role="alert">
          {wrong}
        </p>
      )}
    </form>
  )
}

/** Money of the account: for those who may book it a form, for all what was asked for last. */
export const ClientMoney = ({ card, data }: MoneyProps) => {
  const role = useSession()?.role ?? null
  const writes = role !== null && may(role, 'money:write')
  const any = useOutbox(({ rows }) => rows.some((row) => row.lane === accountLane(card.login)))
  if (!writes && !any) return null
  return (
    <section aria-label="Money of the account">
      <h3>Money</h3>
      {writes && <MoneyForm card={card} data={data} />}
      <LastMoney login={card.login} />
      {writes && !any && (
        <p className="muted small">
          It is sent at once, or when the bridge is back; the <strong>Outbox</strong> shows how far it has
          come.
        </p>
      )}
    </section>
  )
}
