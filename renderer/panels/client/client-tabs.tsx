import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import { type ClientPart, showClientPart, useClientPart } from '../../data/client-part.ts'

type TabsProps = {
  readonly label: string
  readonly tabs: readonly { readonly id: ClientPart; readonly title: string; readonly content: ReactNode }[]
}

/** Parts of a card of which one shows. Arrow keys move between their names. */
export const ClientTabs = ({ label, tabs }: TabsProps) => {
  const shown = useClientPart()
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const at = Math.max(
    0,
    tabs.findIndex((tab) => tab.id === shown),
  )
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const next = (at + step + tabs.length) % tabs.length
    if (tabs[next]) showClientPart(tabs[next].id)
    list.current?.querySelectorAll('button')[next]?.focus()
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <>
      <div ref={list} className="client-tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map((tab, i) => (
          <button
            key={tab.id}
            id={`${id}-${tab.id}`}
            type="button"
            role="tab"
            className="tab"
            aria-selected={i === at}
            aria-controls={`${id}-panel`}
            tabIndex={i === at ? 0 : -1}
            onClick={() => showClientPart(tab.id)}
          >
            {tab.title}
          </button>
        ))}
      </div>
      <div
        id={`${id}-panel`}
        role="tabpanel"
        aria-labelledby={`${id}-${tabs[at]?.id}`}
        className="client-part"
      >
        {tabs[at]?.content}
      </div>
    </>
  )
}
