import { type PlRule, plRuleSchema } from '../../../shared/api/models.ts'
import type { Definition } from '../../../shared/documents/definition.ts'
import type { Clock, Log } from '../../../shared/runtime/ports.ts'
import { BadDocument } from '../errors.ts'
import type { Repository } from '../repository/types.ts'
import type { Store } from '../types.ts'

const ruleId = (id: string): string => `rule:${id}`

/** A rule as a definition; what was there before keeps its beginnings. */
export const ruleDefinition = (rule: PlRule, before: Definition | null, at: number): Definition => ({
  id: ruleId(rule.id),
  kind: 'rule',
  name: rule.name,
  enabled: rule.enabled,
  body: rule,
  createdAt: before?.createdAt ?? at,
  createdBy: before?.createdBy ?? '',
  updatedAt: Math.max(at, before?.updatedAt ?? 0),
  updatedBy: '',
})

/** Alert rules among the definitions. One that is not readable is logged and left out. */
export const rulesOf = (definitions: Repository<Definition>, clock: Clock, log: Log): Store['rules'] => ({
  list: async () => {
    const rules: PlRule[] = []
    for (const { id, body } of await definitions.find({ selector: { kind: 'rule' } })) {
      const parsed = plRuleSchema.safeParse(body)
      if (parsed.success) rules.push(parsed.data)
      else log.error({ id, issues: parsed.error.issues }, 'a stored rule is not readable')
    }
    return rules
  },
  put: async (rule) => {
    const parsed = plRuleSchema.safeParse(rule)
    if (!parsed.success) throw new BadDocument(`Rule ${rule.id}`, parsed.error.message)
    await definitions.update(ruleId(rule.id), (before) => ruleDefinition(parsed.data, before, clock.now()))
  },
})
