const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Behind the string whose opening quote is at `at`. */
const endOfString = (json: string, at: number): number => {
  let quote = at
  for (;;) {
    quote = json.indexOf('"', quote + 1)
    let before = quote - 1
    while (json.charCodeAt(before) === BACKSLASH) before -= 1
    if ((quote - before) % 2 === 1) return quote + 1
  }
}

/** Behind the object or list that begins at `at`. `| 0x20` makes `[` and `]` of one, `{` and `}` of the other alike. */
const endOfNested = (json: string, at: number): number => {
  let depth = 0
  for (let i = at; ; i++) {
    const c = json.charCodeAt(i)
    if (c === QUOTE) i = endOfString(json, i) - 1
    else if ((c | 0x20) === 0x7b) depth += 1
    else if ((c | 0x20) === 0x7d && --depth === 0) return i + 1
  }
}

const endOfValue = (json: string, at: number): number => {
  const c = json.charCodeAt(at)
  if (c === QUOTE) return endOfString(json, at)
  if ((c | 0x20) === 0x7b) return endOfNested(json, at)
  const comma = json.indexOf(',', at)
  return comma === -1 ? json.length - 1 : comma
}

/**
 * Parts an object's JSON, as `JSON.stringify` writes it, into the members of some names and the others, without
 * making objects of it.
 */
export const partMembers = (
  json: string,
  names: ReadonlySet<string>,
): { readonly named: string; readonly others: string } => {
  let named = ''
  let others = ''
  let at = 1
  while (at < json.length - 1) {
    const nameEnd = endOfString(json, at)
    const quoted = json.slice(at + 1, nameEnd - 1)
    const name = quoted.includes('\\') ? (JSON.parse(`"${quoted}"`) as string) : quoted
    const end = endOfValue(json, nameEnd + 1)
    const member = json.slice(at, end)
    if (names.has(name)) named += named === '' ? member : `,${member}`
    else others += others === '' ? member : `,${member}`
    at = end + 1
  }
  return { named: `{${named}}`, others: `{${others}}` }
}

/** One object of the members of two, which have no name in common. */
export const joinMembers = (json: string, more: string): string => {
  if (more === '{}') return json
  return json === '{}' ? more : `${json.slice(0, -1)},${more.slice(1)}`
}
