import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Command as Cmdk } from 'cmdk'
import { useMemo, useState } from 'react'
import type { SearchHit } from '../../shared/api/models.ts'
import type { DeskApi } from '../data/desk-client.ts'
import { useDesk } from '../data/desk-context.ts'
import { select } from '../data/selection-store.ts'
import { useSession } from '../data/session-store.ts'
import { type Asked, useAsked } from '../data/use-asked.ts'
import { openPanel } from '../workspace/workspace-store.ts'
import { commandsFor, matchCommands } from './commands.ts'
import './palette.css'

const HITS = 12
const DEBOUNCE_MS = 120

const useHits = (api: DeskApi, text: string): Asked<SearchHit[]> => {
  const [wanted] = useDebouncedValue(text.trim(), DEBOUNCE_MS)
  return useAsked(wanted === '' ? null : wanted, () => api.search.find({ text: wanted, limit: HITS }))
}

const openHit = ({ login, symbol }: SearchHit): void => {
  if (login !== null) {
    select({ login })
    openPanel('client')
  } else if (symbol !== null) {
    select({ symbol })
    openPanel('quotes')
  }
}

const Item = (props: { id: string; title: string; detail: string; onSelect: () => void }) => (
  <Cmdk.Item value={props.id} onSelect={props.onSelect}>
    <span>{props.title}</span>
    <span className="muted">{props.detail}</span>
  </Cmdk.Item>
)

const PaletteList = ({ onClose }: { readonly onClose: () => void }) => {
  const { client } = useDesk()
  const role = useSession()?.role
  const [text, setText] = useState('')
  const { key, value, error } = useHits(client.api, text)
  // Hits of an earlier text are not shown: Enter must never open what the text does not say.
  const busy = text.trim() !== '' && key !== text.trim()
  const hits = busy || text.trim() === '' ? [] : (value ?? [])
  const commands = useMemo(() => (role ? commandsFor(client.api, role) : []), [client, role])
  const matching = matchCommands(commands, text)
  const run = (action: () => void) => () => {
    onClose()
    action()
  }
  const group = (kind: SearchHit['kind'], heading: string) => {
    const items = hits.filter((hit) => hit.kind === kind)
    if (items.length === 0) return null
    return (
      <Cmdk.Group heading={heading}>
        {items.map((hit) => (
          <Item
            key={`${hit.login ?? hit.symbol}`}
            id={`${kind}:${hit.login ?? hit.symbol}`}
            title={hit.title}
            detail={hit.detail}
            onSelect={run(() => openHit(hit))}
          />
        ))}
      </Cmdk.Group>
    )
  }

  return (
    <Cmdk label="Commands, clients and symbols" shouldFilter={false} loop className="palette">
      <Cmdk.Input
        autoFocus
        value={text}
        onValueChange={setText}
        placeholder="Client, login, symbol or command"
      />
      <Cmdk.List>
        {error && <p className="palette-note">Search failed: {error}</p>}
        {group('account', 'Clients')}
        {group('symbol', 'Symbols')}
        {matching.length > 0 && (
          <Cmdk.Group heading="Commands">
            {matching.map((command) => (
              <Item key={command.id} {...command} onSelect={run(command.run)} />
            ))}
          </Cmdk.Group>
        )}
        <Cmdk.Empty className="palette-note">{busy ? 'Searching…' : 'Nothing found.'}</Cmdk.Empty>
      </Cmdk.List>
    </Cmdk>
  )
}

/** Ctrl+K: every action, client, login and symbol. */
export const Palette = ({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) => (
  <Modal.Root
    opened={opened}
    onClose={onClose}
    size={600}
    padding={0}
    yOffset="12vh"
    transitionProps={{ duration: 0 }}
    classNames={{ content: 'palette-modal' }}
  >
    <Modal.Overlay />
    <Modal.Content aria-label="Command palette">
      <PaletteList onClose={onClose} />
    </Modal.Content>
  </Modal.Root>
)
