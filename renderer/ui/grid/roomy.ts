/**
 * Whether the window stands on a screen that is wide enough (px) for columns that are useful but not needed: they are
 * hidden by default elsewhere. Looked at once, when a panel makes its columns.
 */
export const isRoomy = (): boolean =>
  typeof window !== 'undefined' && window.matchMedia('(min-width: 1900px)').matches
