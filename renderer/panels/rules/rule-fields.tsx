import { type ReactNode, useId } from 'react'
import { severityShapes, severityWords } from '../alerts/alert-words.ts'
import type { RuleForm } from './rule-form.ts'
import type { FieldErrors } from './rule-messages.ts'
import { measureWords } from './rule-words.ts'

type TextField = Exclude<keyof RuleForm, 'enabled' | 'measure' | 'severity'>

type FieldsProps = {
  readonly form: RuleForm
  readonly errors: FieldErrors
  /** The desk's base currency. */
  readonly base: string
  readonly onWrite: (part: Partial<RuleForm>) => void
}

type TextProps = FieldsProps & {
  readonly field: TextField
  readonly label: string
  readonly unit?: string
  readonly hint?: string
  readonly placeholder?: string
}

const Text = ({ form, errors, onWrite, field, label, unit, hint, placeholder }: TextProps) => {
  const id = useId()
  const error = errors[field]
  return (
    <div className="rule-field" data-field={field}>
      <label htmlFor={id}>{label}</label>
      <span className="rule-input">
        <input
          id={id}
          className="field"
          inputMode={field === 'name' ? 'text' : 'decimal'}
          autoComplete="off"
          value={form[field]}
          placeholder={placeholder}
          aria-invalid={error !== undefined}
          aria-describedby={error || hint ? `${id}-note` : undefined}
          onChange={(event) => onWrite({ [field]: event.target.value })}
        />
        {unit && <span className="muted">{unit}</span>}
      </span>
      {(error || hint) && (
        <span id={`${id}-note`} className={error ? 'rule-error' : 'muted small'}>
          {error ?? hint}
        </span>
      )}
    </div>
  )
}

type ChoiceProps<T extends string> = {
  readonly label: string
  readonly words: Readonly<Record<T, ReactNode>>
  readonly value: T
  readonly onChoose: (value: T) => void
}

const Choice = <T extends string>({ label, words, value, onChoose }: ChoiceProps<T>) => {
  const name = useId()
  return (
    <fieldset className="rule-choice">
      <legend>{label}</legend>
      {(Object.keys(words) as T[]).map((option) => (
        <label key={option} data-chosen={option === value}>
          <input
            type="radio"
            name={name}
            className="visually-hidden"
            checked={option === value}
            onChange={() => onChoose(option)}
          />
          {words[option]}
        </label>
      ))}
    </fieldset>
  )
}

const severities = {
  notice: `${severityShapes.notice} ${severityWords.notice}`,
  warning: `${severityShapes.warning} ${severityWords.warning}`,
  critical: `${severityShapes.critical} ${severityWords.critical}`,
}

const fundsMean = {
  floating: 'Own funds are balance and credit.',
  day: 'Own funds are the equity at the start of the day and what was paid in since.',
} as const

/** The fields of a rule, each with what is wrong with it. */
export const RuleFields = (props: FieldsProps) => {
  const { form, base, onWrite } = props
  return (
    <>
      <Text {...props} field="name" label="Name, as alerts say it" />
      <div className="rule-line">
        <Choice
          label="Looks at"
          words={measureWords}
          value={form.measure}
          onChoose={(measure) => onWrite({ measure })}
        />
        <Choice
          label="Severity"
          words={severities}
          value={form.severity}
          onChoose={(severity) => onWrite({ severity })}
        />
        <Choice
          label="In force"
          words={{ on: 'On', off: 'Off' }}
          value={form.enabled ? 'on' : 'off'}
          onChoose={(value) => onWrite({ enabled: value === 'on' })}
        />
      </div>
      <fieldset className="rule-limits">
        <legend>
          Warns beyond either limit of a side; an empty limit is not checked. {fundsMean[form.measure]}
        </legend>
        <Text {...props} field="lossAmount" label="Loss, amount" unit={base} placeholder="no limit" />
        <Text {...props} field="lossShare" label="Loss, share of own funds" unit="%" placeholder="no limit" />
        <Text {...props} field="profitAmount" label="Profit, amount" unit={base} placeholder="no limit" />
        <Text
          {...props}
          field="profitShare"
          label="Profit, share of own funds"
          unit="%"
          placeholder="no limit"
        />
      </fieldset>
      <div className="rule-limits rule-rest">
        <Text
          {...props}
          field="minFunds"
          label="Share counts from funds of"
          unit={base}
          hint="Below it only amounts warn."
        />
        <Text {...props} field="rearmAt" label="Again under, of the limit" unit="%" />
        <Text {...props} field="rearmAfterMinutes" label="And not sooner than" unit="minutes" />
      </div>
    </>
  )
}
