import { receiveMessageOnPort } from 'node:worker_threads'
import { StorageFailed } from '../errors.ts'
import type { MoreMessage, MoreRows, WriteRows } from '../protocol.ts'

const next = ({ port, signal }: MoreRows): MoreMessage => {
  for (;;) {
    const seen = Atomics.load(signal, 0)
    const received = receiveMessageOnPort(port)
    if (received) return received.message as MoreMessage
    Atomics.wait(signal, 0, seen)
  }
}

/**
 * The parts of a large write, one after the other. Waits in this very turn for those that are still being made, so that
 * nothing else gets into the transaction.
 */
export function* partsOf(first: WriteRows, more: MoreRows): Generator<WriteRows> {
  try {
    yield first
    for (let part = next(more); part !== null; part = next(more)) {
      if (typeof part === 'string') throw new StorageFailed(part)
      yield part
    }
  } finally {
    more.port.close()
  }
}
