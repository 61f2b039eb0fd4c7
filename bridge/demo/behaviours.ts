import type { Plan } from './agenda.ts'
import type { News } from './market.ts'
import type { World } from './world.ts'

export const scheduleBehaviours = (_world: World): void => {}
export const runPlan = (_world: World, _plan: Plan): void => {}
export const act = (_world: World, _news: News): void => {}
