import { create } from 'zustand'
import type { PlRule } from '../../../shared/api/models.ts'
import { formOf, type RuleForm, rebased, sameForm } from './rule-form.ts'

/** The key of the draft of a rule that has no id yet; no rule id holds a blank. */
export const NEW_RULE = 'a new rule'

/** What was written about a rule and not saved yet. */
export type RuleDraft = {
  /** The desk's rule that the form stands on; null for a new one. */
  readonly base: PlRule | null
  readonly form: RuleForm
  /** A save was tried: every field says what is wrong with it. */
  readonly tried: boolean
  /** The last save that failed. `certain`: nothing was saved; else its answer was lost and it may have been. */
  readonly failure: { readonly certain: boolean; readonly reason: string } | null
  /** Somebody else saved the rule since the form was opened. */
  readonly moved: boolean
}

export type RulesBook = {
  /** As the desk has them; null before its first answer. */
  readonly rules: readonly PlRule[] | null
  readonly error: string | null
  /** UTC ms of the last answer, this machine's clock; 0 before the first. */
  readonly readAt: number
  /** Kept here and not in the panel: they survive whatever happens to its tab. */
  readonly drafts: Readonly<Record<string, RuleDraft>>
  /** Whose form is open. */
  readonly editing: string | null
  readonly cursor: string | null
}

export const noRules: RulesBook = {
  rules: null,
  error: null,
  readAt: 0,
  drafts: {},
  editing: null,
  cursor: null,
}

const sameRule = (a: PlRule, b: PlRule): boolean => sameForm(formOf(a), formOf(b))

export const isDirty = ({ base, form }: RuleDraft): boolean => !sameForm(form, formOf(base))

const onto = (draft: RuleDraft, now: PlRule | undefined): RuleDraft => {
  if (!now || !draft.base || sameRule(now, draft.base)) return draft
  const next = { ...draft, base: now, form: rebased(draft.form, formOf(draft.base), formOf(now)) }
  const differs = isDirty(next)
  return { ...next, moved: differs && isDirty(draft), failure: differs ? draft.failure : null }
}

/** The book after the desk told its rules: open drafts stand on the newest, with what was written in them. */
export const withRules = (book: RulesBook, rules: readonly PlRule[], now: number): RulesBook => {
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  const drafts = Object.entries(book.drafts).map(([key, draft]) => [key, onto(draft, byId.get(key))] as const)
  return { ...book, rules, error: null, readAt: now, drafts: Object.fromEntries(drafts) }
}

/** Opens the form of a rule (null: of a new one); what was written in it before is still there. */
export const withEditor = (book: RulesBook, rule: PlRule | null): RulesBook => {
  const key = rule?.id ?? NEW_RULE
  const fresh = { base: rule, form: formOf(rule), tried: false, failure: null, moved: false }
  return {
    ...book,
    editing: key,
    cursor: key,
    drafts: { ...book.drafts, [key]: book.drafts[key] ?? fresh },
  }
}

export const withoutDraft = (book: RulesBook, key: string): RulesBook => {
  const { [key]: _, ...drafts } = book.drafts
  return { ...book, drafts, editing: book.editing === key ? null : book.editing }
}

const useRulesBook = create<RulesBook>(() => noRules)

export const useRulesFact = <T>(pick: (book: RulesBook) => T): T => useRulesBook(pick)
export const rulesNow = (): RulesBook => useRulesBook.getState()

export const takeRules = (rules: readonly PlRule[], now: number): void =>
  useRulesBook.setState((book) => withRules(book, rules, now))
export const setRulesError = (error: string): void => useRulesBook.setState({ error })
export const setRuleCursor = (cursor: string | null): void => useRulesBook.setState({ cursor })
export const openEditor = (rule: PlRule | null): void =>
  useRulesBook.setState((book) => withEditor(book, rule))
export const dropDraft = (key: string): void => useRulesBook.setState((book) => withoutDraft(book, key))

export const changeDraft = (key: string, part: Partial<RuleDraft>): void =>
  useRulesBook.setState(({ drafts }) => {
    const draft = drafts[key]
    return draft ? { drafts: { ...drafts, [key]: { ...draft, ...part } } } : {}
  })

export const writeField = (key: string, part: Partial<RuleForm>): void => {
  const draft = rulesNow().drafts[key]
  if (draft) changeDraft(key, { form: { ...draft.form, ...part } })
}
