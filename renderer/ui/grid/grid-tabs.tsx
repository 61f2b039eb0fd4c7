import type { KeyboardEvent } from 'react'

export type Tab<T extends string> = { readonly id: T; readonly label: string }

/** Two or three faces of one panel, in its toolbar. */
export const GridTabs = <T extends string>({
  label,
  tabs,
  now,
  onChange,
}: {
  readonly label: string
  readonly tabs: readonly Tab<T>[]
  readonly now: T
  readonly onChange: (id: T) => void
}) => {
  const step = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const at = tabs.findIndex((tab) => tab.id === now)
    const next = tabs[(at + by + tabs.length) % tabs.length]
    if (by === 0 || !next) return
    event.preventDefault()
    onChange(next.id)
  }
  return (
    <div className="grid-tabs" role="tablist" tabIndex={-1} aria-label={label} onKeyDown={step}>
      {tabs.map(({ id, label: text }) => (
        <button
          key={id}
          type="button"
          role="tab"
          aria-selected={id === now}
          tabIndex={id === now ? 0 : -1}
          onClick={() => onChange(id)}
        >
          {text}
        </button>
      ))}
    </div>
  )
}
