import type { About } from '../../../shared/api/crm.ts'
import { RecordNotFound } from '../errors.ts'
import type { Clients } from './clients.ts'
import type { RecordOptions } from './types.ts'

/** Whose document something is about, and which account. */
export type Subject = { readonly subject: string; readonly login: number }

/** @throws RecordNotFound where a client or lead is named that is not there */
export const subjectOf = async (
  about: About,
  clients: Clients,
  { leads }: Pick<RecordOptions['documents'], 'leads'>,
): Promise<Subject> => {
  if ('login' in about) return { subject: (await clients.ofLogin(about.login)).client.id, login: about.login }
  if ('client' in about) {
    const client = await clients.byId(about.client)
    if (client === null) throw new RecordNotFound(`client ${about.client}`)
    return { subject: client.id, login: client.login }
  }
  const lead = await leads.get(about.lead)
  if (lead === null) throw new RecordNotFound(`lead ${about.lead}`)
  return { subject: lead.id, login: lead.login }
}
