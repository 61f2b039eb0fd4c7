import { createContext } from 'react'

/** Whether the panel below is on screen and not behind another tab; set by the workspace. */
export const PanelVisibleContext = createContext(true)
