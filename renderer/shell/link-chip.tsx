import { useLink } from '../data/link-store.ts'
import { useSecond } from '../data/use-second.ts'
import { openPanel } from '../workspace/workspace-store.ts'
import { linkWords } from './link-words.ts'

const shapes = { good: '●', busy: '◐', behind: '▲', bad: '■' } as const

/** The link's state in the top bar; opens the connection panel. */
export const LinkChip = () => {
  const link = useLink()
  const now = useSecond()
  const { tone, state, facts, progress } = linkWords(link, now)
  return (
    <>
      <button
        type="button"
        className="link-chip"
        data-tone={tone}
        title={link.status?.link.detail ?? link.window.detail}
        onClick={() => openPanel('connection')}
      >
        <span aria-hidden="true">{shapes[tone]}</span>
        <strong>{state}</strong>
        <span className="link-chip-facts">{facts}</span>
        {progress !== null && (
          <progress className="link-chip-progress" max={1} value={progress} aria-label="Synchronising" />
        )}
      </button>
      <span className="visually-hidden" role="status" aria-live="polite">
        Link: {state}
      </span>
    </>
  )
}
