import type { BridgeCounters } from './types.ts'

export const createCounters = (): BridgeCounters => ({
  connections: 0,
  messages: 0,
  refusedMessages: 0,
  badSignIns: 0,
  dropped: 0,
  commands: 0,
  repeatedCommands: 0,
  failedCommands: 0,
  frames: 0,
  frameBytes: 0,
  encodes: 0,
  snapshots: 0,
  resumes: 0,
  overruns: 0,
  conflations: 0,
  checkpoints: 0,
  transactions: 0,
  ticks: 0,
  refusedTransactions: 0,
  refusedTicks: 0,
})
