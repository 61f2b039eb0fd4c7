import { describe, expect, it } from 'vitest'
import { type SandboxFacts, sandboxFault } from './sandbox.ts'

const debian: SandboxFacts = {
  platform: 'linux',
  uid: 1000,
  usernsClone: '1\n',
  apparmorRestricts: null,
  hasSetuidHelper: false,
}

describe('sandboxFault', () => {
  it('finds none on an ordinary account', () => {
    expect(sandboxFault(debian)).toBeNull()
    expect(sandboxFault({ ...debian, usernsClone: null })).toBeNull()
  })

  it('names root, restricted namespaces and AppArmor', () => {
    expect(sandboxFault({ ...debian, uid: 0 })).toMatch(/root/)
    expect(sandboxFault({ ...debian, usernsClone: '0\n' })).toMatch(/sandbox/)
    expect(sandboxFault({ ...debian, apparmorRestricts: '1\n' })).toMatch(/sandbox/)
  })

  it('takes the setuid helper instead of namespaces, but not for root', () => {
    expect(sandboxFault({ ...debian, usernsClone: '0', hasSetuidHelper: true })).toBeNull()
    expect(sandboxFault({ ...debian, uid: 0, hasSetuidHelper: true })).toMatch(/root/)
  })

  it('is a matter of Linux only', () => {
    expect(sandboxFault({ ...debian, platform: 'win32', uid: 0 })).toBeNull()
    expect(sandboxFault({ ...debian, platform: 'darwin', uid: 0 })).toBeNull()
  })
})
