import { expect, it } from 'vitest'
import { secGroupSchema } from './nested.ts'

it('a section of an older bridge means the defaults of what came later', () => {
  const older = {
    show: true,
    trade: true,
    execution: 1,
    commBase: 7,
    commType: 0,
    commLots: 0,
    spreadDiff: 0,
    lotMin: 1,
    lotMax: 100,
    lotStep: 1,
    ieDeviation: 2,
  }
  expect(secGroupSchema.parse(older)).toEqual({
    ...older,
    commTax: 0,
    commAgent: 0,
    commAgentType: 0,
    commAgentLots: 0,
    confirmation: false,
    ieQuickMode: true,
    autoCloseOut: 0,
    freeMarginMode: 0,
    tradeRights: 0,
  })
  expect(secGroupSchema.safeParse({ ...older, commAgentType: 2 }).success).toBe(false)
})
