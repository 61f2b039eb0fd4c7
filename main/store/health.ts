export const damaged =
  'A part of the file is damaged. What can be read still is; make a backup of the rest or restore the last one.'

/** What went wrong, said so that the person at the desk knows what happened, what was not lost and what to do. */
const words: Readonly<Record<string, string>> = {
  StorageFull: 'The disk is full. What was stored before is unharmed; free some space and go on.',
  StorageReadOnly: 'The file may be read but not written. Give the desk’s user the right to write it.',
  StorageCorrupt: damaged,
  StorageBusy: 'Another program holds the file.',
  StorageWrongKey:
    'The desk’s keys do not fit what is stored. Nothing was changed; bring back the right keys.',
  StorageCrashed: 'The thread that keeps the file died and is started again. What was acknowledged is there.',
}
/** These do not go away by themselves. */
const lasting = new Set(['StorageCorrupt', 'StorageWrongKey'])

const named = (error: unknown): string | null => {
  for (let each = error; each instanceof Error; each = each.cause) if (words[each.name]) return each.name
  return null
}

export const inWords = (error: unknown): string => {
  const name = named(error)
  const message = error instanceof Error ? error.message : String(error)
  return name === null ? message : `${words[name]} (${message})`
}

export type Health = {
  /** Something for as long as the desk runs. */
  readonly complain: (sentence: string) => void
  /** How the last read or write went; null: well. */
  readonly note: (failure: Error | null) => void
  readonly said: () => string[]
}

/** What is wrong with the store: what the start found, what lasts, and how the last write went. */
export const createHealth = (): Health => {
  const complaints = new Set<string>()
  let last: Error | null = null
  return {
    complain: (sentence) => void complaints.add(sentence),
    note: (failure) => {
      last = failure
      const name = failure && named(failure)
      if (name && lasting.has(name)) complaints.add(words[name] as string)
    },
    said: () => [...complaints, ...(last === null ? [] : [`The last write failed: ${inWords(last)}`])],
  }
}
