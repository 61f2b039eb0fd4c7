const name = 'deskline-test-death'

/** In a worker: ends it in the way it is told to. */
export const awaitDeath = (): void => {
  const channel = new BroadcastChannel(name)
  channel.addEventListener('message', (event) => {
    if ((event as MessageEvent).data === 'exit') process.exit(7)
    throw new Error('told to die')
  })
}

/** Tells every worker of this process that awaits it to die. */
export const killWorkers = (how: 'exit' | 'error'): void => {
  const channel = new BroadcastChannel(name)
  channel.postMessage(how)
  channel.close()
}
