import { useOutbox } from '../data/outbox-store.ts'
import { OutboxIcon } from '../ui/icons.tsx'
import { openPanel } from '../workspace/workspace-store.ts'

/** What waits to be sent, and what needs a person; nothing while there is neither. */
export const OutboxCounter = () => {
  const { waiting, held } = useOutbox((box) => box.counts)
  if (waiting === 0) return null
  return (
    <button
      type="button"
      className="button outbox-counter"
      data-held={held > 0}
      onClick={() => openPanel('outbox')}
      title="Commands that are not done; those that need a decision"
    >
      <OutboxIcon />
      <span>
        <span className="visually-hidden">Outbox: </span>
        {waiting} <span className="alert-counter-rest">waiting</span>
        {held > 0 && <strong> · {held} to decide</strong>}
      </span>
    </button>
  )
}
