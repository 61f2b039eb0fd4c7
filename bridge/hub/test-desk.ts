import { io, type Socket } from 'socket.io-client'
import {
  type BeatAnswer,
  type Bye,
  byeSchema,
  type Command,
  type CommandAnswer,
  Event,
  type Follow,
  type FollowAnswer,
  followAnswerSchema,
  type HelloAnswer,
  helloAnswerSchema,
  PROTOCOL_VERSION,
  type SignIn,
  type SignInAnswer,
  signInAnswerSchema,
} from '../../shared/bridge/protocol.ts'
import { createTestBook } from './test-book.ts'

export type TestDeskOptions = {
  url: string
  window?: Follow['window']
  /** Acknowledge every frame as it is applied (default); else the test says when. */
  ack?: boolean
}

/** The smallest desk there is: speaks the protocol over a real socket, with a test book behind it. */
export const createTestDesk = (options: TestDeskOptions) => {
  const socket: Socket = io(options.url, { transports: ['websocket'], reconnection: false, forceNew: true })
  const book = createTestBook()
  const byes: Bye[] = []
  const statuses: unknown[] = []
  let acking = options.ack ?? true

  const ackTo = (n: number): void => {
    socket.emit(Event.ACK, { followId: book.followId(), n })
  }

  socket.on(Event.FRAME, (bytes: Uint8Array) => {
    if (book.accept(new Uint8Array(bytes)) && acking) ackTo(book.lastFrame())
  })
  socket.on(Event.BYE, (bye) => byes.push(byeSchema.parse(bye)))
  socket.on(Event.STATUS, (status) => statuses.push(status))

  const ask = (event: string, payload: unknown): Promise<unknown> =>
    socket.timeout(5000).emitWithAck(event, payload)

  const hello = async (protocol: readonly [number, number] = [1, PROTOCOL_VERSION]): Promise<HelloAnswer> => {
    const [protocolMin, protocolMax] = protocol
    return helloAnswerSchema.parse(
      await ask(Event.HELLO, { protocolMin, protocolMax, client: 'test desk', clientVersion: '1' }),
    )
  }

  const signIn = async (credentials: SignIn): Promise<SignInAnswer> =>
    signInAnswerSchema.parse(await ask(Event.SIGN_IN, credentials))

  const follow = async (resume?: Follow['resume']): Promise<FollowAnswer> => {
    const window = options.window ?? { frames: 64, bytes: 8 * 1024 * 1024 }
    const request: Follow = resume ? { resume, window } : { window }
    // Frames come right behind the answer, before an await would go on: the book must know of the follow by then.
    const raw = await new Promise<unknown>((resolve, reject) => {
      socket.timeout(5000).emit(Event.FOLLOW, request, (error: Error | null, answer: unknown) => {
        const parsed = followAnswerSchema.safeParse(answer)
        if (parsed.success) book.follow(parsed.data, resume)
        if (error) reject(error)
        else resolve(answer)
      })
    })
    return followAnswerSchema.parse(raw)
  }

  return {
    ...book,
    socket,
    ask,
    hello,
    signIn,
    follow,
    /** Hello, sign-in and follow, all of which must go well. */
    start: async (credentials: SignIn, resume?: Follow['resume']): Promise<FollowAnswer> => {
      const greeting = await hello()
      const answer = await signIn(credentials)
      if (!greeting.ok || !answer.ok) throw new Error('the bridge did not let the test desk in')
      return follow(resume)
    },
    command: async (command: Command): Promise<CommandAnswer> =>
      (await ask(Event.COMMAND, command)) as CommandAnswer,
    beat: async (sent: number): Promise<BeatAnswer> => (await ask(Event.BEAT, { sent })) as BeatAnswer,
    setAcking: (on: boolean) => {
      acking = on
    },
    ackTo,
    byes,
    statuses,
    connected: () => socket.connected,
    close: () => {
      socket.disconnect()
    },
  }
}

export type TestDesk = ReturnType<typeof createTestDesk>

/** Waits for a condition by looking again and again; fails with `what` after the time is up. */
export const until = async (what: string, condition: () => boolean, withinMs = 15_000): Promise<void> => {
  const end = Date.now() + withinMs
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited in vain for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
