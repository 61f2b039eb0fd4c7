import type { PlRule } from '../../../shared/api/models.ts'
import { changesOf } from './rule-changes.ts'
import { ruleWords } from './rule-words.ts'

type DiffProps = {
  /** The desk's rule; null for a new one. */
  readonly before: PlRule | null
  /** What would be saved; null while something in the form is wrong. */
  readonly after: PlRule | null
  readonly base: string
}

/** What will be true after saving: the rule in words, and every changed field before and after. */
export const RuleDiff = ({ before, after, base }: DiffProps) => {
  if (!after) return null
  const changes = before ? changesOf(before, after, base) : []
  return (
    <section className="rule-diff" aria-label="After saving" tabIndex={0}>
      <p>
        <span className="muted">After saving:</span> {ruleWords(after, base)}
        {!after.enabled && ' Switched off, it warns of nothing.'}
      </p>
      {changes.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Changes</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ what, before: was, after: is }) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td className="muted">{was}</td>
                <td>{is}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
