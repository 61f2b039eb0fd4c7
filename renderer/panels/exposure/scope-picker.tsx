import { type Scope, scopeKey, scopeOfKey, scopeParts, scopeWords } from './scope.ts'
import { useScopeChoices } from './use-scope-choices.ts'

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Whose exposure: everybody's, or that of a group, a country, a deposit currency or a manager there is. */
export const ScopePicker = ({
  scope,
  onChange,
}: {
  readonly scope: Scope
  readonly onChange: (scope: Scope) => void
}) => {
  const { choices, refresh } = useScopeChoices()
  const valuesOf = (part: (typeof scopeParts)[number]): readonly string[] =>
    scope?.part === part && !choices[part].includes(scope.value)
      ? [scope.value, ...choices[part]]
      : choices[part]
  return (
    <select
      className="scope-picker"
      aria-label="Scope"
      title="Whose exposure"
      value={scopeKey(scope)}
      data-on={scope !== null}
      onChange={(event) => onChange(scopeOfKey(event.target.value))}
      onFocus={refresh}
      // Letters choose an entry here; the panel's keys rest.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <option value="">All accounts</option>
      {scopeParts
        .filter((part) => valuesOf(part).length > 0)
        .map((part) => (
          <optgroup key={part} label={capital(scopeWords[part])}>
            {valuesOf(part).map((value) => (
              <option key={value} value={scopeKey({ part, value })}>
                {value}
              </option>
            ))}
          </optgroup>
        ))}
    </select>
  )
}
