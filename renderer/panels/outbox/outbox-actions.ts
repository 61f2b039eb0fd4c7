import type { OutboxChannel } from '../../../shared/outbox/outgoing.ts'
import type { DeskApi } from '../../data/desk-client.ts'
import { errorText } from '../../data/error-text.ts'
import { notify } from '../../data/notice-store.ts'
import { actWords, type OutboxAct } from './outbox-words.ts'

const run: Readonly<Record<OutboxAct, (api: DeskApi, key: string) => Promise<unknown>>> = {
  cancel: (api, key) => api.outbox.cancel({ key }),
  retry: (api, key) => api.outbox.retry({ key }),
  release: (api, key) => api.outbox.release({ key }),
  executed: (api, key) => api.outbox.settle({ key, executed: true }),
  'not-executed': (api, key) => api.outbox.settle({ key, executed: false }),
}

export const decide = async (api: DeskApi, act: OutboxAct, key: string): Promise<void> => {
  try {
    await run[act](api, key)
  } catch (error) {
    notify(`“${actWords[act].word}” did not happen; the command is as it was. ${errorText(error)}`, 'error')
  }
}

export const pauseChannel = async (api: DeskApi, channel: OutboxChannel, paused: boolean): Promise<void> => {
  try {
    await api.outbox.pause({ channel, paused })
  } catch (error) {
    notify(`Sending goes on as before. ${errorText(error)}`, 'error')
  }
}
