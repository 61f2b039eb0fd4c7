import type { Follow, Seqs } from '../../shared/bridge/protocol.ts'
import { type RecordStream, recordStreams } from '../../shared/bridge/streams.ts'

export type ResumeRefusal = 'not asked' | 'other epoch' | 'numbers ahead' | 'journal moved on'

export type ResumeDecision = { mode: 'resume'; seqs: Seqs } | { mode: 'snapshot'; why: ResumeRefusal }

/**
 * May this desk go on from its numbers? `evicted` is the highest number of each stream the journal no longer holds,
 * `head` the newest. Ticks never stand in the way: what the ring has lost is made up by one QUOTES frame.
 */
export const decideResume = (
  asked: Follow['resume'],
  epoch: string,
  head: Seqs,
  evicted: Readonly<Record<RecordStream, number>>,
): ResumeDecision => {
  if (!asked) return { mode: 'snapshot', why: 'not asked' }
  if (asked.epoch !== epoch) return { mode: 'snapshot', why: 'other epoch' }
  if (asked.seqs.ticks > head.ticks || recordStreams.some((s) => asked.seqs[s] > head[s]))
    return { mode: 'snapshot', why: 'numbers ahead' }
  if (recordStreams.some((s) => asked.seqs[s] < evicted[s]))
    return { mode: 'snapshot', why: 'journal moved on' }
  return { mode: 'resume', seqs: asked.seqs }
}
