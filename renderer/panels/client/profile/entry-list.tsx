import type { ReactNode } from 'react'

type EntryListProps<E> = {
  readonly label: string
  readonly entries: readonly E[]
  readonly blank: E
  readonly most: number
  readonly onChange: (entries: E[]) => void
  /** The inputs of one entry. */
  readonly children: (entry: E, change: (part: Partial<E>) => void, name: string) => ReactNode
}

/** Entries of one sort, such as phones: a line each, one more, one less. */
export const EntryList = <E extends object>(props: EntryListProps<E>) => {
  const { label, entries, blank, most, onChange, children } = props
  return (
    <fieldset className="profile-list">
      <legend>{label}</legend>
      {entries.map((entry, i) => (
        // Entries have no identity of their own; a line is its place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={i} className="profile-entry">
          {children(entry, (part) => onChange(entries.with(i, { ...entry, ...part })), `${label} ${i + 1}`)}
          <button
            type="button"
            className="button button-icon"
            aria-label={`Remove ${label} ${i + 1}`}
            onClick={() => onChange(entries.toSpliced(i, 1))}
          >
            ×
          </button>
        </div>
      ))}
      {entries.length < most && (
        <button type="button" className="button-link" onClick={() => onChange([...entries, blank])}>
          Add
        </button>
      )}
    </fieldset>
  )
}
