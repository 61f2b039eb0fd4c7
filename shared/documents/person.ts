import { z } from 'zod'
import { day, documentId, line, moment, paragraphs, tags, userName, word } from './fields.ts'

/** A telephone number as somebody wrote it. */
export const phoneEntrySchema = z.strictObject({
  number: z.string().min(1).max(40),
  kind: z.enum(['mobile', 'home', 'work', 'other']),
  note: line,
})

export const emailEntrySchema = z.strictObject({ address: z.string().min(1).max(254), note: line })

/** `service`: `telegram`, `whatsapp` and so on, as the person is found there. */
export const messengerEntrySchema = z.strictObject({
  service: word.min(1),
  handle: z.string().min(1).max(120),
})

export const postalAddressSchema = z.strictObject({ street: line, city: line, zipCode: z.string().max(16) })

/** A paper that proves who somebody is. `file`: name of the attachment that holds its picture, or ''. */
export const personDocumentSchema = z.strictObject({
  id: documentId,
  kind: word.min(1),
  number: z.string().max(60),
  issuedBy: line,
  validUntil: day,
  checkedBy: userName,
  checkedAt: moment,
  note: line,
  file: z.string().max(200),
})

/** What somebody said about being contacted this way. */
const consentSchema = z.enum(['unknown', 'given', 'refused'])
export const consentsSchema = z.strictObject({
  phone: consentSchema,
  email: consentSchema,
  messenger: consentSchema,
  letter: consentSchema,
})

/**
 * A person, whether client or lead. Name, phones, e-mails, messengers, address, birth date, documents and comment are
 * personal: they are sealed on the disk and nothing is ordered by them.
 */
export const personFields = {
  name: line,
  phones: z.array(phoneEntrySchema).max(20),
  emails: z.array(emailEntrySchema).max(20),
  messengers: z.array(messengerEntrySchema).max(20),
  address: postalAddressSchema,
  birthDate: day,
  documents: z.array(personDocumentSchema).max(50),
  comment: paragraphs,
  /** ISO 3166 code, or '' where it is not known. */
  country: z.string().max(2),
  region: z.string().max(64),
  /** ISO 639 code, or ''. */
  language: z.string().max(8),
  /** IANA name, or ''. */
  timeZone: z.string().max(64),
  /** Who looks after them; '' = nobody yet. */
  owner: userName,
  source: word,
  campaign: word,
  tags,
  consents: consentsSchema,
  lastContactAt: moment,
  /** 0 = none agreed. */
  nextContactAt: moment,
}

/** Fields of a person that are sealed on the disk. */
export const personalFields = [
  'name',
  'phones',
  'emails',
  'messengers',
  'address',
  'birthDate',
  'documents',
  'comment',
] as const

export const emptyPerson = (): z.infer<z.ZodObject<typeof personFields>> => ({
  name: '',
  phones: [],
  emails: [],
  messengers: [],
  address: { street: '', city: '', zipCode: '' },
  birthDate: '',
  documents: [],
  comment: '',
  country: '',
  region: '',
  language: '',
  timeZone: '',
  owner: '',
  source: '',
  campaign: '',
  tags: [],
  consents: { phone: 'unknown', email: 'unknown', messenger: 'unknown', letter: 'unknown' },
  lastContactAt: 0,
  nextContactAt: 0,
})
