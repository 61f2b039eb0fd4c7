import type { z } from 'zod'
import type { About, interactionEditSchema } from '../../../shared/api/crm.ts'
import type { CallOutcome } from '../../../shared/api/models.ts'
import type { Page } from '../../../shared/api/pages.ts'
import type { Interaction, InteractionKind } from '../../../shared/documents/interaction.ts'
import type { Clients } from './clients.ts'
import { editedBy } from './edited.ts'
import { made } from './made.ts'
import { shown } from './shown.ts'
import { type Subject, subjectOf } from './subject.ts'
import type { Tasks } from './tasks.ts'
import type { RecordOptions } from './types.ts'

export type InteractionEdit = z.infer<typeof interactionEditSchema>
export type InteractionList = {
  readonly about?: About | undefined
  readonly kind?: InteractionKind | undefined
  readonly state?: Interaction['state'] | undefined
  readonly from: number
  readonly count: number
}
export type CallNote = {
  readonly about: About
  readonly at: number
  readonly number: string
  readonly direction: 'in' | 'out'
  readonly outcome: CallOutcome
  readonly durationSeconds: number
  readonly text: string
  readonly callBackAt: number
  readonly alert: string
}

/** Notes, calls, messages and tickets. */
export const createInteractions = (options: RecordOptions, clients: Clients, tasks: Tasks) => {
  const { documents, clock, newId } = options
  const { interactions } = documents

  const drawUp = (
    kind: InteractionKind,
    { subject, login }: Subject,
    by: string,
    fields: Partial<Interaction>,
  ): Interaction => {
    const now = clock.now()
    return {
      id: newId(),
      kind,
      subject,
      login,
      at: now,
      by,
      direction: 'none',
      channel: 'none',
      outcome: '',
      state: '',
      durationSeconds: 0,
      number: '',
      title: '',
      text: '',
      pinned: false,
      callBackAt: 0,
      alert: '',
      ...made(by, now),
      ...fields,
    }
  }
  const keep = async (interaction: Interaction): Promise<Interaction> => {
    await interactions.put({ ...interaction, outgoing: [] })
    return interaction
  }

  return {
    note: async (
      { about, title, text, pinned }: { about: About; title: string; text: string; pinned: boolean },
      by: string,
    ): Promise<Interaction> =>
      keep(drawUp('note', await subjectOf(about, clients, documents), by, { title, text, pinned })),
    call: async ({ about, ...call }: CallNote, by: string): Promise<Interaction> => {
      const subject = await subjectOf(about, clients, documents)
      const drawn = drawUp('call', subject, by, { ...call, channel: 'phone' })
      // First what was promised: if the desk ends in between, somebody still calls back.
      if (call.callBackAt > 0) await tasks.callBack(drawn)
      const noted = await keep(drawn)
      if (subject.login > 0 && call.outcome === 'reached')
        await clients.contacted(subject.login, call.at, call.callBackAt, by)
      return noted
    },
    ticket: async (
      { about, ...ticket }: { about: About; channel: Interaction['channel']; title: string; text: string },
      by: string,
    ): Promise<Interaction> =>
      keep(
        drawUp('ticket', await subjectOf(about, clients, documents), by, {
          ...ticket,
          state: 'open',
          direction: 'in',
        }),
      ),
    ...editedBy<Awaited<ReturnType<typeof interactions.find>>[number], InteractionEdit>(
      interactions,
      'interaction',
      {},
      options,
    ),
    watchList: async (
      { about, kind, state, from, count }: InteractionList,
      push: (page: Page<Interaction>) => void,
    ): Promise<() => void> => {
      const subject = about && (await subjectOf(about, clients, documents)).subject
      return interactions.watchPage(
        {
          selector: {
            ...(subject !== undefined && { subject }),
            ...(kind !== undefined && { kind }),
            ...(state !== undefined && { state }),
            at: { $gte: 0 },
          },
          sort: [{ at: 'desc' }, { id: 'desc' }],
          from,
          count,
        },
        (document) => shown(document),
        push,
      )
    },
  }
}
