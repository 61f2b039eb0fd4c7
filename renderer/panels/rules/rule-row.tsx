import { type ReactNode, useEffect, useRef } from 'react'
import type { PlRule } from '../../../shared/api/models.ts'
import { severityShapes, severityWords } from '../alerts/alert-words.ts'
import { ruleWords } from './rule-words.ts'

type RowProps = {
  readonly rule: PlRule
  readonly base: string
  readonly current: boolean
  readonly editing: boolean
  readonly dirty: boolean
  readonly writes: boolean
  readonly onSelect: () => void
  readonly onEdit: () => void
  /** The open form. */
  readonly children?: ReactNode
}

const Badges = ({ rule, dirty }: Pick<RowProps, 'rule' | 'dirty'>) => (
  <>
    {!rule.enabled && <span className="badge">Off</span>}
    {dirty && (
      <span className="badge" data-tone="warning">
        Unsaved changes
      </span>
    )}
  </>
)

/** One rule in words; its form opens below. */
export const RuleRow = (props: RowProps) => {
  const { rule, base, current, editing, dirty, writes, onSelect, onEdit, children } = props
  const { severity } = rule
  const row = useRef<HTMLButtonElement>(null)
  const wasEditing = useRef(editing)

  // When the form closes, the keyboard goes on from its rule.
  useEffect(() => {
    if (wasEditing.current && !editing) row.current?.focus()
    wasEditing.current = editing
  }, [editing])

  return (
    <li
      className="rule"
      data-severity={severity}
      data-enabled={rule.enabled}
      data-current={current}
      data-rule={rule.id}
    >
      <div className="rule-row">
        <button
          ref={row}
          type="button"
          className="rule-main"
          aria-current={current}
          data-panel-focus={current && !editing ? '' : undefined}
          onClick={onSelect}
        >
          <span className="rule-mark" title={severityWords[severity]}>
            <span aria-hidden="true">{severityShapes[severity]}</span>
            <span className="visually-hidden">{severityWords[severity]}</span>
          </span>
          <span className="rule-name">
            <strong>{rule.name}</strong>
            <Badges rule={rule} dirty={dirty} />
          </span>
          <span className="rule-words muted">{ruleWords(rule, base)}</span>
        </button>
        {writes && !editing && (
          <button type="button" className="button" aria-label={`Edit ${rule.name}`} onClick={onEdit}>
            Edit
          </button>
        )}
      </div>
      {children}
    </li>
  )
}
