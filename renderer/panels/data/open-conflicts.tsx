import { showClientPart } from '../../data/client-part.ts'
import { useDesk } from '../../data/desk-context.ts'
import { useSelect } from '../../data/selection-store.ts'
import { useAsked } from '../../data/use-asked.ts'
import { openPanel } from '../../workspace/workspace-store.ts'
import { fieldName } from '../client/profile/profile-form.ts'

/** Documents that two people changed at once and nobody has settled yet. */
export const OpenConflicts = ({ revision }: { readonly revision: number }) => {
  const { client } = useDesk()
  const select = useSelect()
  const { value } = useAsked(`conflicts/${revision}`, () => client.api.crm.conflicts())
  if (!value || value.length === 0) return null
  return (
    <section aria-label="Open conflicts">
      <h3>Changed by two people at once</h3>
      <ul className="data-bad">
        {value.map(({ id, collection, login, title, conflicts }) => (
          <li key={`${collection}/${id}`}>
            {title || id}: {conflicts.map(({ field }) => fieldName(field)).join(', ')}{' '}
            {login > 0 && (
              <button
                type="button"
                className="button-link"
                onClick={() => {
                  select({ login })
                  showClientPart('profile')
                  openPanel('client')
                }}
              >
                Open {login}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
