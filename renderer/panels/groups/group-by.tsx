import { type Grouping, groupings } from '../../../shared/api/views.ts'
import { groupingWords } from './groups-words.ts'
import './groups.css'

/** Chooses in a panel's toolbar whether rows are added up, and by what. */
export const GroupBy = ({
  now,
  onChange,
}: {
  readonly now: Grouping | null
  readonly onChange: (by: Grouping | null) => void
}) => (
  <label className="group-by">
    <span className="visually-hidden">Group by</span>
    <select
      value={now ?? ''}
      title="Add rows up by what they have in common"
      onChange={(event) => onChange(groupings.find((by) => by === event.target.value) ?? null)}
    >
      <option value="">Group by…</option>
      {groupings.map((by) => (
        <option key={by} value={by}>
          {now === by ? `By ${groupingWords[by].toLowerCase()}` : groupingWords[by]}
        </option>
      ))}
    </select>
  </label>
)
