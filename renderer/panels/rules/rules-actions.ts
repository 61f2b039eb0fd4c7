import type { PlRule } from '../../../shared/api/models.ts'
import type { DeskApi } from '../../data/desk-client.ts'
import { errorText } from '../../data/error-text.ts'
import { isCertain } from '../../data/is-certain.ts'
import { notify } from '../../data/notice-store.ts'
import { type ReadRule, readForm, ruleIdFor } from './rule-form.ts'
import { changeDraft, dropDraft, rulesNow, setRuleCursor, setRulesError, takeRules } from './rules-store.ts'

/** Asks the desk for its rules. What was listed stays when that fails. */
export const readRules = async (api: DeskApi): Promise<void> => {
  try {
    takeRules(await api.rules.list(), Date.now())
  } catch (error) {
    setRulesError(errorText(error))
  }
}

/** The rule that a draft means now, or what is wrong with it. */
export const readDraft = (key: string): ReadRule | null => {
  const { drafts, rules } = rulesNow()
  const draft = drafts[key]
  if (!draft) return null
  const others = (rules ?? []).filter((rule) => rule.id !== key)
  const taken = others.map((rule) => rule.id)
  const id = draft.base?.id ?? ruleIdFor(draft.form.name, taken)
  return readForm(
    draft.form,
    id,
    others.map((rule) => rule.name),
  )
}

const save = async (api: DeskApi, key: string): Promise<PlRule | null> => {
  const before = rulesNow().drafts[key]?.base
  takeRules(await api.rules.list(), Date.now())
  // Somebody was faster: the person sees the comparison with the newest rule before anything is overwritten.
  if (rulesNow().drafts[key]?.base !== before) return null
  const read = readDraft(key)
  return read?.ok ? await api.rules.save(read.rule) : null
}

/** Saves a draft if it is in order and the desk's rule is still the one it stands on. Nothing written is ever lost. */
export const saveDraft = async (api: DeskApi, key: string): Promise<boolean> => {
  changeDraft(key, { tried: true, failure: null, moved: false })
  if (!readDraft(key)?.ok) return false
  try {
    const saved = await save(api, key)
    if (!saved) return false
    const others = (rulesNow().rules ?? []).filter(({ id }) => id !== saved.id)
    dropDraft(key)
    takeRules(
      [...others, saved].sort((a, b) => (a.id < b.id ? -1 : 1)),
      Date.now(),
    )
    setRuleCursor(saved.id)
    notify(`“${saved.name}” is saved. It looks at the newest figures at once.`, 'done')
    return true
  } catch (error) {
    changeDraft(key, { failure: { certain: isCertain(error), reason: errorText(error) } })
    return false
  }
}
