import type { DeskApi } from '../data/desk-client.ts'
import { errorText } from '../data/error-text.ts'
import { notify } from '../data/notice-store.ts'

const tell = async (work: Promise<unknown>, done: string): Promise<void> => {
  try {
    await work
    notify(done, 'done')
  } catch (error) {
    notify(errorText(error), 'error')
  }
}

export const reconnect = (api: DeskApi): Promise<void> =>
  tell(api.desk.reconnect(), 'The desk connects to the bridge anew.')

export const resync = (api: DeskApi): Promise<void> =>
  tell(api.desk.resync(), 'The desk takes a fresh snapshot; the old figures stay meanwhile.')
