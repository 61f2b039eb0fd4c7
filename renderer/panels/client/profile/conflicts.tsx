import { useState } from 'react'
import type { FieldConflict } from '../../../../shared/documents/fields.ts'
import { errorText } from '../../../data/error-text.ts'
import { formatDay, formatTime } from '../../../ui/format.ts'
import { fieldName } from './profile-form.ts'
import { valueWords } from './value-words.ts'

type ConflictsProps = {
  readonly conflicts: readonly FieldConflict[]
  readonly onChoose: (conflict: string, choose: 'kept' | 'other') => Promise<unknown>
}

type VersionProps = {
  readonly title: string
  readonly field: string
  readonly version: FieldConflict['kept']
  readonly action: string
  readonly onChoose: () => void
}

const Version = ({ title, field, version, action, onChoose }: VersionProps) => (
  <div className="conflict-version">
    <p>
      {title}
      <span className="muted small">
        {' '}
        {version.by || 'unknown'}, {formatDay(version.at)} {formatTime(version.at)} desk
      </span>
    </p>
    <p className="conflict-value">{valueWords(field, version.value)}</p>
    <button type="button" className="button" onClick={onChoose}>
      {action}
    </button>
  </div>
)

/** Fields that two people changed without knowing of each other: both versions, to choose from. Nothing is lost meanwhile. */
export const Conflicts = ({ conflicts, onChoose }: ConflictsProps) => {
  const [failure, setFailure] = useState<string | null>(null)
  if (conflicts.length === 0) return null
  const choose = async (id: string, which: 'kept' | 'other'): Promise<void> => {
    try {
      await onChoose(id, which)
      setFailure(null)
    } catch (error) {
      setFailure(errorText(error))
    }
  }
  return (
    <section className="conflicts" aria-label="Changed by two people">
      <h3>Changed by two people at once; choose what shall stand</h3>
      {conflicts.map(({ id, field, base, kept, other }) => (
        <div key={id} className="conflict" role="group" aria-label={fieldName(field)}>
          <p>
            <strong>{fieldName(field)}</strong> <span className="muted">was {valueWords(field, base)}</span>
          </p>
          <div className="conflict-versions">
            <Version
              title="Stands now"
              field={field}
              version={kept}
              action="Keep this"
              onChoose={() => void choose(id, 'kept')}
            />
            <Version
              title="Waits"
              field={field}
              version={other}
              action="Take this"
              onChoose={() => void choose(id, 'other')}
            />
          </div>
        </div>
      ))}
      {failure && (
        <p className="work-failure" role="alert">
          The choice was not saved; both versions are still here. {failure}
        </p>
      )}
    </section>
  )
}
