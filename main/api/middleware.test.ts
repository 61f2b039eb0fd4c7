import { describe, expect, it } from 'vitest'
import { contract } from '../../shared/api/contract.ts'
import { roles } from '../../shared/api/models.ts'
import { demandRight, isTrustedSender, judge } from './middleware.ts'
import { procedureRights } from './procedure-rights.ts'

const codeOf = (run: () => void): string => {
  try {
    run()
    return 'allowed'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('the door of the API', () => {
  it('has a line for every procedure of the contract and no other', () => {
    const paths = Object.entries(contract).flatMap(([group, procedures]) =>
      Object.keys(procedures).map((name) => `${group}.${name}`),
    )
    expect(Object.keys(procedureRights).toSorted()).toEqual(paths.toSorted())
  })

  it('asks for a role before anything but the session and the status', () => {
    const open = Object.keys(procedureRights).filter(
      (path) => codeOf(() => demandRight(path, null)) === 'allowed',
    )
    expect(open.toSorted()).toEqual(['desk.status', 'desk.watch', 'session.get', 'session.open'])
    expect(codeOf(() => demandRight('clients.card', null))).toBe('NO_SESSION')
  })

  it('keeps each role inside its rights', () => {
    const denied = (role: (typeof roles)[number]) =>
      Object.keys(procedureRights).filter((path) => codeOf(() => demandRight(path, role)) === 'FORBIDDEN')
    const money = [
      'payments.request',
      'outbox.retry',
      'outbox.cancel',
      'outbox.release',
      'outbox.settle',
      'outbox.pause',
    ]
    const control = ['data.backup', 'data.restore', 'data.compact', 'data.check']
    const data = ['data.status', ...control, 'data.export', 'data.exportPersonal', 'data.import']
    expect(denied('admin')).toEqual([])
    expect(denied('dealer')).toEqual(['rules.save', 'payments.request', ...data])
    expect(denied('sales')).toEqual([
      'desk.reconnect',
      'desk.resync',
      'risk.whatIf',
      'rules.save',
      ...money,
      'statements.reconcile',
      ...data,
    ])
    expect(denied('compliance')).toEqual([
      'desk.reconnect',
      'desk.resync',
      'alerts.seen',
      'alerts.call',
      'alerts.outcome',
      'rules.save',
      ...money,
      'crm.save',
      'crm.resolve',
      'interactions.call',
      'leads.add',
      'leads.save',
      'leads.resolve',
      'leads.convert',
      ...control,
      'data.import',
    ])
  })

  it('refuses a path it does not know to everybody but the administrator', () => {
    expect(codeOf(() => demandRight('nothing.here', 'dealer'))).toBe('FORBIDDEN')
    expect(judge('role', null)).toBe('NO_SESSION')
  })

  it('takes calls only from its own pages, compared whole', () => {
    const trusted = ['http://127.0.0.1:4000']
    expect(isTrustedSender('http://127.0.0.1:4000', trusted)).toBe(true)
    expect(isTrustedSender('http://127.0.0.1:40000', trusted)).toBe(false)
    expect(isTrustedSender('', trusted)).toBe(false)
  })
})
