/** A document without what only the store needs of it. */
export const shown = <D extends { outgoing: unknown; pointer?: unknown }>(
  document: D,
): Omit<D, 'outgoing' | 'pointer'> => {
  const { outgoing: _outgoing, pointer: _pointer, ...rest } = document
  return rest
}
