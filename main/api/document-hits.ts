import type { DocumentHit, DocumentHits } from '../../shared/api/search.ts'
import { documentHitKinds } from '../../shared/api/search.ts'
import type { Store } from '../store/types.ts'

type Kind = DocumentHit['kind']
type Facts = Pick<DocumentHit, 'subject' | 'login' | 'name' | 'at'>

const isKind = (kind: string): kind is Kind => (documentHitKinds as readonly string[]).includes(kind)

const byId = <D extends { readonly id: string }>(documents: readonly D[]): Map<string, D> =>
  new Map(documents.map((document) => [document.id, document]))

/**
 * Clients, leads and what passed with them that hold a text, with whom they are about. A document that was removed since
 * it was found is left out.
 * @throws SearchUnavailable, SearchClosed
 */
export const findDocumentHits = async (
  { search, documents }: Pick<Store, 'search' | 'documents'>,
  { text, limit, kinds }: { text: string; limit: number; kinds?: readonly Kind[] | undefined },
): Promise<DocumentHits> => {
  if (search === null) return { hits: [], complete: true, progress: { indexed: 0, total: 0 } }
  const { hits, complete, progress } = await search.find(text, { limit, ...(kinds ? { kinds } : {}) })
  const idsOf = (...wanted: Kind[]): string[] =>
    hits.filter(({ kind }) => (wanted as string[]).includes(kind)).map(({ id }) => id)
  const interactions = byId(await documents.interactions.getMany(idsOf('call', 'note', 'message', 'ticket')))
  const subjects = [...interactions.values()].map(({ subject }) => subject)
  const [clients, leads] = await Promise.all([
    documents.clients.getMany([...new Set([...idsOf('client'), ...subjects])]).then(byId),
    documents.leads.getMany([...new Set([...idsOf('lead'), ...subjects])]).then(byId),
  ])
  const factsOf = (kind: Kind, id: string): Facts | null => {
    const person = kind === 'client' ? clients.get(id) : kind === 'lead' ? leads.get(id) : undefined
    if (person) return { subject: id, login: person.login, name: person.name, at: person.updatedAt }
    const interaction = interactions.get(id)
    if (!interaction) return null
    const about = clients.get(interaction.subject) ?? leads.get(interaction.subject)
    return {
      subject: about ? about.id : '',
      login: interaction.login || (about?.login ?? 0),
      name: about?.name ?? '',
      at: interaction.at,
    }
  }
  return {
    hits: hits.flatMap(({ kind, id, matches }) => {
      const facts = isKind(kind) ? factsOf(kind, id) : null
      if (!isKind(kind) || facts === null) return []
      const shown = matches.map(({ field, text, ranges }) => ({
        field,
        text,
        ranges: ranges.map(([from, to]): [number, number] => [from, to]),
      }))
      return [{ kind, id, ...facts, matches: shown }]
    }),
    complete,
    progress,
  }
}
