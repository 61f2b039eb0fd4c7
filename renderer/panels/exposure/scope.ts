import type { ViewFilter } from '../../../shared/api/views.ts'

/** Parts of a filter that choose accounts by what they have in common. */
export const scopeParts = ['group', 'country', 'currency', 'manager'] as const
export type ScopePart = (typeof scopeParts)[number]

/** Whose exposure is looked at; null is everybody's. */
export type Scope = { readonly part: ScopePart; readonly value: string } | null

export const scopeWords: Readonly<Record<ScopePart, string>> = {
  group: 'group',
  country: 'country',
  currency: 'deposit currency',
  manager: 'manager',
}

const everybody: ViewFilter = {}

export const scopeFilter = (scope: Scope): ViewFilter =>
  scope === null ? everybody : { [scope.part]: scope.value }

/** The same in words, for the foot line; '' for everybody. */
export const scopeText = (scope: Scope): string => (scope ? `${scopeWords[scope.part]} ${scope.value}` : '')

/** A scope as the value of a choice, and back. */
export const scopeKey = (scope: Scope): string => (scope ? `${scope.part}:${scope.value}` : '')

export const scopeOfKey = (key: string): Scope => {
  const at = key.indexOf(':')
  const part = scopeParts.find((name) => name === key.slice(0, at))
  return part === undefined ? null : { part, value: key.slice(at + 1) }
}
