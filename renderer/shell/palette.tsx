import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Command as Cmdk } from 'cmdk'
import { useMemo, useState } from 'react'
import type { SearchHit } from '../../shared/api/models.ts'
import type { DocumentHit, DocumentHits } from '../../shared/api/search.ts'
import { type ClientPart, showClientPart } from '../data/client-part.ts'
import type { DeskApi } from '../data/desk-client.ts'
import { useDesk } from '../data/desk-context.ts'
import { select } from '../data/selection-store.ts'
import { useMay, useSession } from '../data/session-store.ts'
import { type Asked, useAsked } from '../data/use-asked.ts'
import { openPanel } from '../workspace/workspace-store.ts'
import { commandsFor, matchCommands } from './commands.ts'
import { hitPieces, hitTitle, missingWords } from './hit-words.ts'
import './palette.css'

const HITS = 12
const DEBOUNCE_MS = 120

const useHits = (api: DeskApi, wanted: string): Asked<SearchHit[]> =>
  useAsked(wanted === '' ? null : wanted, () => api.search.find({ text: wanted, limit: HITS }))

const nothing: DocumentHits = { hits: [], complete: true, progress: { indexed: 0, total: 0 } }

/** Clients, leads and what passed with them; nothing for a role that may not read them. */
const useDocuments = (api: DeskApi, wanted: string): Asked<DocumentHits> => {
  const reads = useMay('client:read')
  return useAsked(reads && wanted !== '' ? wanted : null, () =>
    api.search.documents({ text: wanted, limit: HITS }),
  )
}

const openLogin = (login: number, part?: ClientPart): void => {
  select({ login })
  if (part) showClientPart(part)
  openPanel('client')
}

const openHit = ({ login, symbol }: SearchHit): void => {
  if (login !== null) openLogin(login)
  else if (symbol !== null) {
    select({ symbol })
    openPanel('quotes')
  }
}

/** Where in the card that stands which was found. */
const partOf = (kind: DocumentHit['kind']): ClientPart =>
  kind === 'client' || kind === 'lead' ? 'profile' : 'timeline'

const Item = (props: { id: string; title: string; detail: string; onSelect: () => void }) => (
  <Cmdk.Item value={props.id} onSelect={props.onSelect}>
    <span>{props.title}</span>
    <span className="muted">{props.detail}</span>
  </Cmdk.Item>
)

/** Without the accounts that are shown already. */
const documentsToShow = (answer: DocumentHits, shown: ReadonlySet<number>): readonly DocumentHit[] =>
  answer.hits.filter(({ kind, login }) => kind !== 'client' || !shown.has(login))

const hitId = ({ kind, login, symbol }: SearchHit): string => `${kind}:${login ?? symbol}`
const documentId = ({ kind, id }: DocumentHit): string => `document:${kind}:${id}`

type DocumentsProps = {
  readonly hits: readonly DocumentHit[]
  /** Why there may be more; empty: there is none. */
  readonly missing: string
  readonly onOpen: (hit: DocumentHit) => void
}

const Documents = ({ hits, missing, onOpen }: DocumentsProps) => (
  <>
    {hits.length > 0 && (
      <Cmdk.Group heading="Notes, calls, leads and profiles">
        {hits.map((hit) => (
          <Cmdk.Item
            key={documentId(hit)}
            value={documentId(hit)}
            disabled={hit.login === 0}
            onSelect={() => onOpen(hit)}
          >
            <span>{hitTitle(hit)}</span>
            <span className="muted palette-found">
              {hitPieces(hit).map(({ text, found }, place) =>
                // Pieces of a text have no identity but their place.
                // oxlint-disable-next-line react/no-array-index-key
                found ? <mark key={place}>{text}</mark> : <span key={place}>{text}</span>,
              )}
            </span>
          </Cmdk.Item>
        ))}
      </Cmdk.Group>
    )}
    {missing && <p className="palette-note">{missing}</p>}
  </>
)

/**
 * What Enter opens. With every text it is the first of what is shown for that text, at once: left to the list it would
 * follow a moment later, and whoever types and presses Enter in one go would open what stood there before. What is found
 * later does not take its place.
 */
const useChoice = (text: string, ids: readonly string[]) => {
  const [chosen, setChosen] = useState({ text, id: ids[0] })
  if (chosen.text !== text) setChosen({ text, id: ids[0] })
  const value = chosen.id !== undefined && ids.includes(chosen.id) ? chosen.id : (ids[0] ?? '')
  return { value, choose: (id: string) => setChosen({ text, id }) }
}

const PaletteList = ({ onClose }: { readonly onClose: () => void }) => {
  const { client } = useDesk()
  const role = useSession()?.role
  const [text, setText] = useState('')
  const [wanted] = useDebouncedValue(text.trim(), DEBOUNCE_MS)
  const { key, value, error } = useHits(client.api, wanted)
  // Hits of an earlier text are not shown: Enter must never open what the text does not say.
  const busy = text.trim() !== '' && key !== text.trim()
  const hits = busy || text.trim() === '' ? [] : (value ?? [])
  const documents = useDocuments(client.api, wanted)
  const found = text.trim() !== '' && documents.key === text.trim() ? documents.value : null
  const commands = useMemo(() => (role ? commandsFor(client.api, role) : []), [client, role])
  const matching = matchCommands(commands, text)
  const shownAccounts = new Set(hits.flatMap(({ login }) => login ?? []))
  const shownDocuments = documentsToShow(found ?? nothing, shownAccounts)
  const hitsOf = (kind: SearchHit['kind']) => hits.filter((hit) => hit.kind === kind)
  const choice = useChoice(text, [
    ...hitsOf('account').map(hitId),
    ...hitsOf('symbol').map(hitId),
    ...shownDocuments.filter(({ login }) => login !== 0).map(documentId),
    ...matching.map(({ id }) => id),
  ])
  const run = (action: () => void) => () => {
    onClose()
    action()
  }
  const group = (kind: SearchHit['kind'], heading: string) => {
    const items = hitsOf(kind)
    if (items.length === 0) return null
    return (
      <Cmdk.Group heading={heading}>
        {items.map((hit) => (
          <Item
            key={hitId(hit)}
            id={hitId(hit)}
            title={hit.title}
            detail={hit.detail}
            onSelect={run(() => openHit(hit))}
          />
        ))}
      </Cmdk.Group>
    )
  }

  return (
    <Cmdk
      label="Commands, clients and symbols"
      shouldFilter={false}
      loop
      className="palette"
      value={choice.value}
      onValueChange={choice.choose}
    >
      <Cmdk.Input
        autoFocus
        value={text}
        onValueChange={setText}
        placeholder="Client, login, phone, note, symbol or command"
      />
      <Cmdk.List>
        {error && <p className="palette-note">Search failed: {error}</p>}
        {group('account', 'Clients')}
        {group('symbol', 'Symbols')}
        {documents.error && <p className="palette-note">Notes were not searched: {documents.error}</p>}
        <Documents
          hits={shownDocuments}
          missing={missingWords(found ?? nothing)}
          onOpen={({ login, kind }) => run(() => openLogin(login, partOf(kind)))()}
        />
        {matching.length > 0 && (
          <Cmdk.Group heading="Commands">
            {matching.map((command) => (
              <Item key={command.id} {...command} onSelect={run(command.run)} />
            ))}
          </Cmdk.Group>
        )}
        <Cmdk.Empty className="palette-note">
          {busy || documents.busy ? 'Searching…' : 'Nothing found.'}
        </Cmdk.Empty>
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
