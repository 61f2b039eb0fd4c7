import { createContext, useContext } from 'react'
import type { DeskClient } from './desk-client.ts'
import type { ViewRouter } from './view-router.ts'

/** What every panel of a window shares. */
export type Desk = { readonly client: DeskClient; readonly router: ViewRouter }

export const DeskContext = createContext<Desk | null>(null)

/** The window's desk. @throws outside `DeskContext` */
export const useDesk = (): Desk => {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('useDesk needs a DeskContext above it')
  return desk
}
