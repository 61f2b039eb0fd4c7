import { describe, expect, it } from 'vitest'
import { decideStart, type StartFacts } from './decide.ts'

const desktop: StartFacts = {
  wantsServer: false,
  hasDisplay: true,
  sandboxFault: null,
  hasBinary: true,
  canDownload: () => Promise.reject(new Error('must not be asked')),
}

describe('decideStart', () => {
  it('opens the desktop window where everything is there', async () => {
    expect(await decideStart(desktop)).toEqual({ host: 'electron', download: false })
  })

  it('downloads the binary where the host is reached', async () => {
    const facts = { ...desktop, hasBinary: false, canDownload: () => Promise.resolve(true) }
    expect(await decideStart(facts)).toEqual({ host: 'electron', download: true })
  })

  it.each<[string, Partial<StartFacts>, RegExp]>([
    ['asked for a port', { wantsServer: true }, /as asked/],
    ['no display', { hasDisplay: false, hasBinary: false }, /no display/],
    ['no sandbox', { sandboxFault: 'Electron does not run as root' }, /^Electron does not run as root, so/],
    ['no download', { hasBinary: false, canDownload: () => Promise.resolve(false) }, /not reached/],
  ])('serves a browser with one sentence: %s', async (_, facts, why) => {
    const plan = await decideStart({ ...desktop, ...facts })
    expect(plan).toEqual({ host: 'browser', why: expect.stringMatching(why) })
    expect(plan.host === 'browser' && plan.why.match(/\./g)).toHaveLength(1)
  })
})
