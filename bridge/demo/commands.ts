import type { Command } from '../../shared/bridge/protocol.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import type { SourceAnswer } from '../source.ts'
import type { World } from './world.ts'

export const runCommand = (_world: World, command: Command): SourceAnswer => ({
  code: RetCode.TRADE_DISABLE,
  message: `${command.type} is not available`,
})
