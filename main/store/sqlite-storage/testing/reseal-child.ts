import type { KeyRing } from '../sealing/key-ring.ts'
import { openSealed, stored } from './sealed-docs.ts'

/**
 * Test support, a process to be killed: opens the file with the ring it is sent, writes documents one after the other
 * and reports each that was acknowledged, while what is stored is sealed anew.
 */
const work = async (filename: string, keys: KeyRing, prefix: string): Promise<void> => {
  const { storage, instance } = openSealed(filename, keys)
  storage.onSealing('sealed', (notice) => process.send?.({ notice }))
  const docs = await instance
  process.send?.({ opened: true })
  for (let n = 0; ; n++) {
    const id = `${prefix}-${n}`
    await docs.bulkWrite([{ document: stored(id) }], 'test')
    process.send?.({ written: id })
  }
}

process.on('message', ({ filename, keys, prefix }: { filename: string; keys: KeyRing; prefix: string }) => {
  void work(filename, keys, prefix)
})
