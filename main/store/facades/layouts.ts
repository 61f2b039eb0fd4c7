import { type SettingDocument, settingDocument } from '../documents/settings.ts'
import type { Repository } from '../repository/types.ts'
import type { Store } from '../types.ts'

/** Layouts of windows, as JSON that only the windows understand. */
export const layoutsOf = (settings: Repository<SettingDocument>): Store['layouts'] => ({
  get: async (key) => (await settings.get(settingDocument('layout', key, '').id))?.json ?? null,
  put: (key, json) => settings.put(settingDocument('layout', key, json)),
})
