import { type KeyboardEvent, useRef } from 'react'
import { useMay, useSession } from '../../data/session-store.ts'
import { formatNumber } from '../../ui/format.ts'
import { isTyping } from '../../ui/is-typing.ts'
import type { KeyHelp } from '../../ui/keys-card.tsx'
import { Panel } from '../../ui/panel.tsx'
import { RuleEditor } from './rule-editor.tsx'
import { RuleRow } from './rule-row.tsx'
import { isDirty, NEW_RULE, openEditor, setRuleCursor, useRulesFact } from './rules-store.ts'
import { useRules } from './use-rules.ts'
import './rules.css'

const readKeys: readonly KeyHelp[] = [{ keys: ['J', 'K'], does: 'next and previous rule' }]
const writeKeys: readonly KeyHelp[] = [
  ...readKeys,
  { keys: ['Enter'], does: 'edit the rule' },
  { keys: ['N'], does: 'new rule' },
  { keys: ['Ctrl', 'Enter'], does: 'save' },
  { keys: ['Esc'], does: 'cancel; asks if something was written' },
]

const Empty = ({ writes }: { readonly writes: boolean }) => (
  <>
    <p className="panel-message-title">No rule yet: nobody is warned</p>
    <p className="muted">
      A rule says how much a client may make or lose before the desk calls.{' '}
      {writes ? 'Add the first one.' : 'An administrator can add one.'}
    </p>
    {writes && (
      <button type="button" className="button button-primary" onClick={() => openEditor(null)}>
        New rule
      </button>
    )}
  </>
)

/** The P&L alert rules in plain words; those with the right change them here. */
export const RulesPanel = () => {
  const writes = useMay('rule:write')
  const base = useSession()?.base ?? ''
  const { status, error, age, retry } = useRules()
  const rules = useRulesFact((book) => book.rules)
  const drafts = useRulesFact((book) => book.drafts)
  const editing = useRulesFact((book) => (writes ? book.editing : null))
  const cursor = useRulesFact((book) => book.cursor)
  const root = useRef<HTMLDivElement>(null)

  const list = rules ?? []
  const current = list.find((rule) => rule.id === cursor) ?? list[0]
  const newDraft = editing === NEW_RULE ? drafts[NEW_RULE] : undefined
  const waiting = writes && drafts[NEW_RULE] && isDirty(drafts[NEW_RULE]) && !newDraft

  const move = (step: number): void => {
    const at = list.findIndex((rule) => rule.id === current?.id)
    const next = list[Math.min(list.length - 1, Math.max(0, at + step))]
    if (!next) return
    setRuleCursor(next.id)
    const row = root.current?.querySelector<HTMLElement>(`[data-rule="${CSS.escape(next.id)}"] .rule-main`)
    row?.focus()
    row?.scrollIntoView({ block: 'nearest' })
  }

  const actions: Readonly<Record<string, () => void>> = {
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    n: () => writes && openEditor(null),
    Enter: () => writes && current && openEditor(current),
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { target, key } = event
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return
    // Keys of the form are the form's own; arrows move its choices.
    if (target instanceof HTMLElement && target.closest('form')) return
    const button = target instanceof HTMLElement ? target.closest('button') : null
    if (key === 'Enter' && button && !button.matches('.rule-main')) return
    const action = actions[key] ?? actions[key.toLowerCase()]
    if (!action) return
    event.preventDefault()
    action()
  }

  return (
    <Panel
      title="Rules"
      status={status}
      error={error}
      onRetry={retry}
      age={age}
      {...(rules ? {} : { meta: null })}
      offlineHint="You can read the rules and go on writing; saving works once the desk is back."
      keys={writes ? writeKeys : readKeys}
      onKeyDown={onKeyDown}
      empty={list.length === 0 && !newDraft && <Empty writes={writes} />}
      foot={
        rules && (
          <span>
            {formatNumber(list.length)} of {formatNumber(list.length)} ·{' '}
            {formatNumber(list.filter((rule) => rule.enabled).length)} on
            {writes ? '' : ' · read only in your role'}
          </span>
        )
      }
      toolbar={
        writes &&
        rules && (
          <>
            <button type="button" className="button" onClick={() => openEditor(null)}>
              New rule
            </button>
            {waiting && (
              <span className="badge" data-tone="warning">
                A new rule is not saved yet
              </span>
            )}
          </>
        )
      }
    >
      <div ref={root}>
        {newDraft && (
          <div className="rule-new">
            <RuleEditor id={NEW_RULE} draft={newDraft} />
          </div>
        )}
        <ul className="rules" aria-label="Alert rules">
          {list.map((rule) => {
            const draft = writes ? drafts[rule.id] : undefined
            const open = editing === rule.id && draft !== undefined
            return (
              <RuleRow
                key={rule.id}
                rule={rule}
                base={base}
                current={rule.id === current?.id}
                editing={open}
                dirty={draft !== undefined && isDirty(draft)}
                writes={writes}
                onSelect={() => setRuleCursor(rule.id)}
                onEdit={() => openEditor(rule)}
              >
                {open && <RuleEditor id={rule.id} draft={draft} />}
              </RuleRow>
            )
          })}
        </ul>
      </div>
    </Panel>
  )
}
