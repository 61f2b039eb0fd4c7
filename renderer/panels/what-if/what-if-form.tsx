import { Slider } from '@mantine/core'
import { type FormEvent, useId, useState } from 'react'
import { SHOCK_RANGE } from '../../../shared/api/what-if.ts'
import { formatPercent } from '../../ui/format.ts'
import { changeForm, type WhatIfForm as Form, shockOf } from './what-if-store.ts'

const scopes = [
  { kind: 'symbol', words: 'One symbol', title: 'One symbol moves, in all its spellings' },
  {
    kind: 'currency',
    words: 'A currency',
    title: 'A currency moves against all others; crosses stay consistent',
  },
  { kind: 'all', words: 'Everything', title: 'Everything moves against the base currency' },
] as const

/** The slider's reach; the field beside it takes what the desk takes. */
const REACH = 20

type FormProps = {
  readonly form: Form
  readonly symbols: readonly string[]
  readonly currencies: readonly string[]
  readonly busy: boolean
  readonly onAsk: (form: Form) => void
}

const Choice = ({ form, symbols, currencies }: Pick<FormProps, 'form' | 'symbols' | 'currencies'>) => {
  if (form.scope === 'all') return null
  const [label, list, value] =
    form.scope === 'symbol'
      ? (['Symbol', symbols, form.symbol] as const)
      : (['Currency', currencies, form.currency] as const)
  return (
    <select
      className="field"
      aria-label={label}
      value={value}
      onChange={({ target }) =>
        changeForm(form.scope === 'symbol' ? { symbol: target.value } : { currency: target.value })
      }
    >
      {value === '' && <option value="">{label}…</option>}
      {value !== '' && !list.includes(value) && <option value={value}>{value}</option>}
      {list.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  )
}

/** The question: what moves, and by how much. Enter, the button or letting go of the slider asks it. */
export const WhatIfForm = ({ form, symbols, currencies, busy, onAsk }: FormProps) => {
  const id = useId()
  /** What was typed, until it is a number. */
  const [typed, setTyped] = useState<string | null>(null)
  const { percent } = form
  const ready = shockOf(form) !== null
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onAsk(form)
  }
  const type = (text: string): void => {
    setTyped(text)
    const value = Number(text.replace(',', '.').replace('−', '-'))
    if (text.trim() !== '' && value >= SHOCK_RANGE.least && value <= SHOCK_RANGE.most)
      changeForm({ percent: value })
  }
  return (
    <form className="what-if-form" onSubmit={submit}>
      <fieldset className="grid-sorts" aria-label="What moves">
        {scopes.map(({ kind, words, title }) => (
          <button
            key={kind}
            type="button"
            aria-pressed={form.scope === kind}
            title={title}
            onClick={() => changeForm({ scope: kind })}
          >
            {words}
          </button>
        ))}
      </fieldset>
      <Choice form={form} symbols={symbols} currencies={currencies} />
      <Slider
        className="what-if-slider"
        size="sm"
        thumbLabel="Move in per cent"
        min={-REACH}
        max={REACH}
        step={0.5}
        value={Math.max(-REACH, Math.min(REACH, percent))}
        label={(value) => formatPercent(value / 100, 1, true)}
        marks={[{ value: -10 }, { value: 0 }, { value: 10 }]}
        onChange={(value) => {
          setTyped(null)
          changeForm({ percent: value })
        }}
        onChangeEnd={(value) => onAsk({ ...form, percent: value })}
      />
      <label htmlFor={id} className="visually-hidden">
        Move in per cent
      </label>
      <input
        id={id}
        className="field num what-if-percent"
        inputMode="decimal"
        value={typed ?? String(percent)}
        onChange={({ target }) => type(target.value)}
        onBlur={() => setTyped(null)}
      />
      <span className="muted">%</span>
      <button type="submit" className="button button-primary" disabled={!ready || busy}>
        {busy ? 'Asking…' : 'Ask'}
      </button>
    </form>
  )
}
