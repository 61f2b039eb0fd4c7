/** A mask of ConManager.groups as a pattern: `*` stands for any text, the rest for itself, with case. */
const patternOf = (mask: string): RegExp =>
  new RegExp(`^${mask.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*')}$`, 's')

/**
 * Tells whether a group belongs to a list of masks as in ConManager.groups: `*` is a wildcard, a mask with `!` before it
 * takes out what others let in, wherever it stands. No mask means no group.
 */
export const groupMatcher = (masks: readonly string[]): ((group: string) => boolean) => {
  const given = masks.map((mask) => mask.trim()).filter((mask) => mask !== '')
  const inside = given.filter((mask) => !mask.startsWith('!')).map(patternOf)
  const outside = given.filter((mask) => mask.startsWith('!')).map((mask) => patternOf(mask.slice(1)))
  return (group) => inside.some((p) => p.test(group)) && !outside.some((p) => p.test(group))
}

/** The masks of a comma list, as MT4 writes them. */
export const splitMasks = (list: string): string[] =>
  list
    .split(',')
    .map((mask) => mask.trim())
    .filter((mask) => mask !== '')
