import { plRuleSchema } from '../../../shared/api/models.ts'
import type { Definition } from '../../../shared/documents/definition.ts'
import type { Log } from '../../../shared/runtime/ports.ts'
import { ruleDefinition } from '../facades/rules.ts'
import type { Repository } from '../repository/types.ts'
import type { SettingDocument } from './settings.ts'

const readJson = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

/**
 * Until format 2 rules were settings. Each is written as a definition before it leaves the settings, so that a desk
 * that is killed in between goes on where it stopped; a definition that is there already is newer and stays. A rule that
 * cannot be read stays where it is.
 */
export const moveRules = async (
  settings: Repository<SettingDocument>,
  definitions: Repository<Definition>,
  at: number,
  log: Log,
): Promise<void> => {
  for (const { id, json } of await settings.find({ selector: { kind: 'rule' } })) {
    const parsed = plRuleSchema.safeParse(readJson(json))
    if (!parsed.success) {
      log.error({ id, issues: parsed.error.issues }, 'a stored rule is not readable')
      continue
    }
    const definition = ruleDefinition(parsed.data, null, at)
    await definitions.update(definition.id, (before) => (before === null ? definition : null))
    await settings.remove(id)
  }
}
