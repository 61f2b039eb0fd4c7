import { groupMatcher, splitMasks } from '../../../shared/mt4/group-mask.ts'

/** A manager and the groups that are looked after: a comma list of masks as in ConManager.groups. */
export type Manager = { readonly name: string; readonly groups: string }

/** Who looks after a group: the first manager whose masks let it in; '' for nobody. Answers are kept by group. */
export const createManagers = (managers: readonly Manager[]): ((group: string) => string) => {
  const matchers = managers.map(({ name, groups }) => ({ name, covers: groupMatcher(splitMasks(groups)) }))
  const known = new Map<string, string>()
  return (group) => {
    const kept = known.get(group)
    if (kept !== undefined) return kept
    const name = matchers.find(({ covers }) => covers(group))?.name ?? ''
    known.set(group, name)
    return name
  }
}
