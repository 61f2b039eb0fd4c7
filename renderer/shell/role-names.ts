import type { Role } from '../../shared/api/models.ts'

export const roleNames: Readonly<Record<Role, string>> = {
  dealer: 'Dealer',
  sales: 'Sales manager',
  compliance: 'Compliance officer',
  admin: 'Administrator',
}
