import type { Role } from '../../shared/api/models.ts'
import type { WindowState } from './context.ts'
import type { WindowViews } from './view-hub.ts'

/** A window starts without a role; choosing another one closes the views that belonged to the first. */
export const createWindowState = (views: WindowViews, user: string, origin: string): WindowState => {
  let role: Role | null = null
  return {
    user,
    origin,
    role: () => role,
    setRole: (next) => {
      if (role !== null && role !== next) views.closeAll()
      role = next
    },
    openView: views.open,
    changeView: views.change,
    closeView: views.close,
  }
}
