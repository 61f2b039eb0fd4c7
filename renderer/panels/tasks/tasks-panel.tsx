import { type KeyboardEvent, useRef, useState } from 'react'
import { NEVER } from '../../../shared/documents/fields.ts'
import type { Task } from '../../../shared/documents/task.ts'
import { showClientPart } from '../../data/client-part.ts'
import type { DeskApi } from '../../data/desk-client.ts'
import { useDesk } from '../../data/desk-context.ts'
import { errorText } from '../../data/error-text.ts'
import { useLinkFact } from '../../data/link-store.ts'
import { notify } from '../../data/notice-store.ts'
import { useSelect } from '../../data/selection-store.ts'
import { useMay, useSession } from '../../data/session-store.ts'
import { usePage } from '../../data/use-page.ts'
import { useSecond } from '../../data/use-second.ts'
import { formatDay, formatMinute, formatNumber } from '../../ui/format.ts'
import { isTyping } from '../../ui/is-typing.ts'
import type { KeyHelp } from '../../ui/keys-card.tsx'
import { Panel } from '../../ui/panel.tsx'
import { openPanel } from '../../workspace/workspace-store.ts'
import { dueOf, dueWords, endOfDay } from './due.ts'
import './tasks.css'

const PAGE = 100

const keys: readonly KeyHelp[] = [
  { keys: ['J', 'K'], does: 'next, previous task' },
  { keys: ['Enter'], does: 'open the client' },
  { keys: ['D'], does: 'done' },
]

const finish = async (api: DeskApi, task: Task): Promise<void> => {
  try {
    await api.tasks.save({ id: task.id, base: { state: task.state }, changes: { state: 'done' } })
    notify(`Done: ${task.title}`, 'done')
  } catch (error) {
    notify(`The task is still open. ${errorText(error)}`, 'error')
  }
}

const Row = ({ task, now, onOpen, onDone }: RowProps) => {
  const due = dueOf(task.dueAt, now, endOfDay(now))
  return (
    <li className="task" data-due={due}>
      <button type="button" className="task-open" data-task={task.id} onClick={onOpen}>
        <span className="task-title">{task.title}</span>
        <span className="muted">
          {task.login > 0 && `${task.login} · `}
          {task.owner || 'nobody'}
          {task.text && ` · ${task.text}`}
        </span>
      </button>
      <span className="task-due">
        <strong>{dueWords[due]}</strong>
        {task.dueAt > 0 && task.dueAt < NEVER && (
          <span className="muted">
            {formatDay(task.dueAt)}, {formatMinute(task.dueAt)} desk
          </span>
        )}
      </span>
      {onDone && (
        <button type="button" className="button" aria-label={`Done: ${task.title}`} onClick={onDone}>
          Done
        </button>
      )}
    </li>
  )
}

type RowProps = {
  readonly task: Task
  readonly now: number
  readonly onOpen: () => void
  readonly onDone: (() => void) | null
}

const Empty = ({ mine }: { readonly mine: boolean }) => (
  <>
    <p className="panel-message-title">{mine ? 'Nothing to do for you' : 'Nothing to do'}</p>
    <p className="muted">A call that ends with “call back” leaves a task here, due when it was agreed.</p>
  </>
)

/** What was promised to clients and to each other, the earliest first. Kept on this machine; works without any connection. */
export const TasksPanel = () => {
  const { client } = useDesk()
  const select = useSelect()
  const works = useMay('task:work')
  const user = useSession()?.user ?? ''
  const now = useSecond()
  const [mine, setMine] = useState(true)
  const list = useRef<HTMLOListElement>(null)
  const reached = useLinkFact((link) => link.window.phase === 'open')
  const own = mine && user !== ''
  const page = usePage(own ? `mine/${user}` : 'all', '', (signal) =>
    client.api.tasks.watch(
      { state: 'open', ...(own ? { owner: user } : {}), from: 0, count: PAGE },
      { signal },
    ),
  )

  const open = ({ login }: Task): void => {
    if (login === 0) return
    select({ login })
    showClientPart('timeline')
    openPanel('client')
  }
  const move = (step: 1 | -1): void => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('.task-open') ?? [])]
    const at = all.findIndex((each) => each === document.activeElement)
    all[Math.min(all.length - 1, Math.max(0, at + step))]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
    const focused = page.rows.find(
      ({ id }) => id === (document.activeElement as HTMLElement | null)?.dataset['task'],
    )
    if (event.key === 'j') move(1)
    else if (event.key === 'k') move(-1)
    else if (event.key === 'd' && focused && works) void finish(client.api, focused)
    else return
    event.preventDefault()
  }

  return (
    <Panel
      title="Tasks"
      status={
        page.error && page.rows.length === 0
          ? 'error'
          : page.loading
            ? 'loading'
            : reached
              ? 'live'
              : 'offline'
      }
      error={page.error}
      empty={page.total === 0 ? <Empty mine={own} /> : undefined}
      keys={keys}
      onKeyDown={onKeyDown}
      filter={own ? `of ${user}` : ''}
      offlineHint="This window reconnects to the desk by itself."
      foot={
        <span>
          {formatNumber(page.rows.length)} of {formatNumber(page.total)}
        </span>
      }
      toolbar={
        <span role="group" aria-label="Whose tasks">
          <button type="button" className="tab" aria-pressed={own} onClick={() => setMine(true)}>
            Mine
          </button>
          <button type="button" className="tab" aria-pressed={!own} onClick={() => setMine(false)}>
            Everybody’s
          </button>
        </span>
      }
    >
      <ol ref={list} className="tasks">
        {page.rows.map((task) => (
          <Row
            key={task.id}
            task={task}
            now={now}
            onOpen={() => open(task)}
            onDone={works ? () => void finish(client.api, task) : null}
          />
        ))}
      </ol>
    </Panel>
  )
}
