import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  KeyFileDamaged,
  KeyFileExposed,
  KeyRingDamaged,
  KeyRingMissing,
  KeyRingTooNew,
  KeyUnavailable,
  WeakPassphrase,
  WrongKeySource,
  WrongPassphrase,
} from './errors.ts'
import { fakeKeychain, keysFolder } from './keys-fixture.ts'

const passphrase = 'correct horse battery'

describe('the desk’s keys', () => {
  it('are made once, locked with a key file that only its owner reads, and open again', async () => {
    const on = keysFolder()
    const made = await on.open()
    expect(made.source()).toBe('key-file')
    expect(readdirSync(on.folder).toSorted()).toEqual(['desk.key', 'desk.keys'])
    for (const name of ['desk.key', 'desk.keys'])
      expect(statSync(join(on.folder, name)).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600)
    const before = readFileSync(on.file)
    const again = await on.open()
    expect(again.ring()).toEqual(made.ring())
    expect(again.list()).toEqual([{ id: made.ring().current, madeAt: 1_000, retiredAt: null }])
    expect(readFileSync(on.file).equals(before)).toBe(true)
  })

  it('stand on the disk in no readable form', async () => {
    const on = keysFolder()
    const keys = await on.open({ passphrase })
    const { current, keys: byId } = keys.ring()
    const key = Buffer.from(byId[current] as Uint8Array)
    const text = readFileSync(on.file, 'latin1')
    for (const form of ['latin1', 'base64', 'hex'] as const) expect(text).not.toContain(key.toString(form))
    expect(text).not.toContain(passphrase)
    expect(on.logged()).not.toContain(passphrase)
  })

  it('are locked with the best there is: what was named, a passphrase, the keychain, a key file', async () => {
    const source = async (...given: Parameters<ReturnType<typeof keysFolder>['open']>) =>
      (await keysFolder().open(...given)).source()
    const keychain = fakeKeychain()
    expect(await source({ keychain, passphrase, source: 'keychain' })).toBe('keychain')
    expect(await source({ keychain, passphrase })).toBe('passphrase')
    expect(await source({ keychain })).toBe('keychain')
    expect(await source({ keychain, keyFile: join(keysFolder().folder, 'own.key') })).toBe('key-file')
  })

  it('fall back to the key file where the keychain is not safe, and the log says why', async () => {
    const on = keysFolder()
    const keys = await on.open({ keychain: fakeKeychain('This system has no keyring.') })
    expect(keys.source()).toBe('key-file')
    expect(on.logged()).toContain('This system has no keyring.')
    await expect(
      on.open({ keychain: fakeKeychain('This system has no keyring.'), source: 'keychain' }),
    ).rejects.toThrow(new KeyUnavailable('This system has no keyring.'))
  })

  it('say on Windows that nobody checks who reads the key file', async () => {
    const on = keysFolder()
    await on.open({}, { platform: 'win32' })
    chmodSync(join(on.folder, 'desk.key'), 0o644)
    await on.open({}, { platform: 'win32' })
    expect(on.logged()).toContain('Windows does not say who may read the key file')
  })

  it('are not made anew where data is sealed already', async () => {
    const on = keysFolder()
    await expect(on.open({}, { needed: ['abc'] })).rejects.toThrow(KeyRingMissing)
    expect(readdirSync(on.folder)).toEqual([])
  })
})

describe('a passphrase', () => {
  it('opens from the environment, and a wrong one changes nothing', async () => {
    const on = keysFolder()
    const made = await on.open({ passphrase })
    const before = readFileSync(on.file)
    await expect(on.open({ passphrase: 'correct horse batterY' })).rejects.toThrow(WrongPassphrase)
    expect(readFileSync(on.file).equals(before)).toBe(true)
    expect((await on.open({ passphrase })).ring()).toEqual(made.ring())
  })

  it('is the same however a keyboard composes it', async () => {
    const on = keysFolder()
    const made = await on.open({ passphrase: 'Schl\u00fcsselbund 1' })
    expect((await on.open({ passphrase: 'Schlu\u0308sselbund 1' })).ring()).toEqual(made.ring())
  })

  it('is asked for at a terminal, three times at most', async () => {
    const on = keysFolder()
    const asked: string[] = []
    const typing = (...answers: (string | null)[]) => ({
      ask: async (prompt: string) => {
        asked.push(prompt)
        return answers.shift() ?? null
      },
    })
    const made = await on.open({ ...typing(passphrase, passphrase), source: 'passphrase' })
    expect((await on.open(typing('wrong', passphrase))).ring()).toEqual(made.ring())
    await expect(on.open(typing('a', 'b', 'c', passphrase))).rejects.toThrow(WrongPassphrase)
    await expect(on.open(typing(null))).rejects.toThrow('No passphrase was given.')
    expect(asked).toEqual([
      'New passphrase: ',
      'Once more: ',
      'Passphrase: ',
      'That was not it. Passphrase: ',
      'Passphrase: ',
      'That was not it. Passphrase: ',
      'That was not it. Passphrase: ',
      'Passphrase: ',
    ])
    await expect(on.open()).rejects.toThrow(/DESKLINE_PASSPHRASE/)
  })

  it('must not be short, and is typed the same twice', async () => {
    const on = keysFolder()
    await expect(on.open({ passphrase: 'elevenchars' })).rejects.toThrow(WeakPassphrase)
    const answers = [passphrase, `${passphrase}!`]
    const ask = async () => answers.shift() ?? null
    await expect(on.open({ ask, source: 'passphrase' })).rejects.toThrow(
      'The two passphrases are not the same.',
    )
    await expect(on.open({ source: 'passphrase' })).rejects.toThrow(KeyUnavailable)
    expect(readdirSync(on.folder)).toEqual([])
  })
})

describe('a key file', () => {
  it.skipIf(process.platform === 'win32').each([0o640, 0o604, 0o666, 0o610])(
    'that others may get at (mode %o) is refused by name',
    async (mode) => {
      const on = keysFolder()
      await on.open()
      chmodSync(join(on.folder, 'desk.key'), mode)
      await expect(on.open()).rejects.toThrow(KeyFileExposed)
      await expect(on.open()).rejects.toThrow(`desk.key can be read by others (mode ${mode.toString(8)})`)
    },
  )

  it('may lie elsewhere, and is found there again', async () => {
    const on = keysFolder()
    const elsewhere = join(keysFolder().folder, 'stick.key')
    const made = await on.open({ keyFile: elsewhere })
    expect(existsSync(join(on.folder, 'desk.key'))).toBe(false)
    expect((await on.open()).ring()).toEqual(made.ring())
    const moved = join(on.folder, 'moved.key')
    copyFileSync(elsewhere, moved)
    rmSync(elsewhere)
    await expect(on.open()).rejects.toThrow(/stick\.key is missing/)
    expect((await on.open({ keyFile: moved })).ring()).toEqual(made.ring())
  })

  it('that is another one, or none, is told apart', async () => {
    const on = keysFolder()
    await on.open()
    const other = keysFolder()
    await other.open()
    const path = join(on.folder, 'desk.key')
    copyFileSync(join(other.folder, 'desk.key'), path)
    await expect(on.open()).rejects.toThrow(WrongKeySource)
    for (const text of ['', 'short', `${'x'.repeat(42)}!!`, 'A'.repeat(2_000)]) {
      writeFileSync(path, text)
      await expect(on.open()).rejects.toThrow(KeyFileDamaged)
    }
    rmSync(path)
    await expect(on.open()).rejects.toThrow(KeyUnavailable)
  })
})

describe('the keychain', () => {
  it('opens what it locked, and says what is wrong when it does not', async () => {
    const on = keysFolder()
    const keychain = fakeKeychain()
    const made = await on.open({ keychain })
    expect((await on.open({ keychain })).ring()).toEqual(made.ring())
    await expect(on.open({ keychain: fakeKeychain() })).rejects.toThrow(
      /does not give the desk’s key: no such item/,
    )
    const strange = fakeKeychain()
    await strange.seal(Buffer.alloc(32).toString('base64'))
    await expect(on.open({ keychain: strange })).rejects.toThrow(WrongKeySource)
    await expect(on.open({ keychain: fakeKeychain('It is locked.') })).rejects.toThrow('It is locked.')
    await expect(on.open()).rejects.toThrow(/only the desktop program reaches/)
  })
})

describe('another source', () => {
  it('locks the same keys, and the one before opens nothing any more', async () => {
    const on = keysFolder()
    const made = await on.open({ passphrase })
    const keychain = fakeKeychain()
    const inKeychain = await on.open({ passphrase, keychain, source: 'keychain' })
    expect([inKeychain.source(), inKeychain.ring()]).toEqual(['keychain', made.ring()])
    await expect(on.open({ passphrase })).rejects.toThrow(KeyUnavailable)
    const inFile = await on.open({ keychain, source: 'key-file' })
    expect([inFile.source(), inFile.ring()]).toEqual(['key-file', made.ring()])
    expect((await on.open()).ring()).toEqual(made.ring())
    expect(readdirSync(on.folder).toSorted()).toEqual(['desk.key', 'desk.keys'])
  })

  it('is also a new passphrase, or another key file', async () => {
    const on = keysFolder()
    const keys = await on.open({ passphrase })
    await keys.lockWith('passphrase', { passphrase: 'another passphrase' })
    await expect(on.open({ passphrase })).rejects.toThrow(WrongPassphrase)
    expect((await on.open({ passphrase: 'another passphrase' })).ring()).toEqual(keys.ring())
    const keyFile = join(keysFolder().folder, 'x.key')
    await keys.lockWith('key-file', { keyFile })
    expect((await on.open()).ring()).toEqual(keys.ring())
    expect(existsSync(join(on.folder, 'desk.key'))).toBe(false)
  })
})

describe('a new key', () => {
  it('is the current one from then on; the old one stays to open what it sealed', async () => {
    const on = keysFolder()
    const keys = await on.open()
    const old = keys.ring()
    on.at(2_000)
    const ring = await keys.rotate()
    expect(ring.current).not.toBe(old.current)
    expect(ring.keys[old.current]).toEqual(old.keys[old.current])
    on.at(3_000)
    const again = await on.open({ rotate: true })
    expect(again.list().map(({ madeAt, retiredAt }) => [madeAt, retiredAt])).toEqual([
      [1_000, 2_000],
      [2_000, 3_000],
      [3_000, null],
    ])
    expect(again.ring().keys).toMatchObject(ring.keys)
    expect((await on.open()).ring()).toEqual(again.ring())
  })
})

describe('desk.keys', () => {
  it('that is damaged is refused by name and left as it is', async () => {
    const on = keysFolder()
    await on.open({ passphrase })
    const text = readFileSync(on.file, 'utf8')
    const json = JSON.parse(text)
    const bad = [
      '',
      text.slice(0, -20),
      JSON.stringify({ ...json, more: 1 }),
      JSON.stringify({ ...json, ring: `${json.ring.slice(0, -8)}AAAAAAA=` }),
      JSON.stringify({ ...json, lock: { ...json.lock, cost: 2 ** 30 } }),
      JSON.stringify({ ...json, lock: { ...json.lock, source: 'guess' } }),
    ]
    for (const damaged of bad) {
      writeFileSync(on.file, damaged)
      await expect(on.open({ passphrase })).rejects.toThrow(KeyRingDamaged)
      expect(readFileSync(on.file, 'utf8')).toBe(damaged)
    }
    writeFileSync(on.file, JSON.stringify({ ...json, format: 2 }))
    await expect(on.open({ passphrase })).rejects.toThrow(KeyRingTooNew)
    writeFileSync(on.file, text)
    await on.open({ passphrase })
  })

  it('does not open when what it says of its lock was changed', async () => {
    const on = keysFolder()
    const elsewhere = join(keysFolder().folder, 'a.key')
    await on.open({ keyFile: elsewhere })
    const json = JSON.parse(readFileSync(on.file, 'utf8'))
    writeFileSync(on.file, JSON.stringify({ ...json, lock: { ...json.lock, path: null } }))
    await expect(on.open({ keyFile: elsewhere })).rejects.toThrow(KeyRingDamaged)
  })

  it('is replaced by the one kept beside it when the power went while it was written', async () => {
    const on = keysFolder()
    const made = await on.open()
    copyFileSync(on.file, `${on.file}.old`)
    writeFileSync(on.file, '{"format": 1, "lo')
    expect((await on.open()).ring()).toEqual(made.ring())
    expect(on.logged()).toContain('desk.keys is damaged')
    writeFileSync(`${on.file}.old`, 'x')
    await expect(on.open()).rejects.toThrow(KeyRingDamaged)
  })
})
