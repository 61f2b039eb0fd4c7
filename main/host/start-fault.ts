/** Why the desk did not start, for the person who started it, and the program's exit code. */
export type StartFault = { readonly words: string; readonly code: 1 | 2 }

/** The words behind `--demo` and `--replay` are the bridge's own; it names a fault in them `BAD_OPTION`. */
const badOption = /BAD_OPTION: (.+)$/s

export const startFault = (error: unknown): StartFault => {
  const text = error instanceof Error ? error.message : String(error)
  const option = badOption.exec(text)?.[1]
  return option === undefined
    ? { words: `The desk did not start: ${text}`, code: 1 }
    : { words: option, code: 2 }
}
