import { ORPCError } from '@orpc/server'
import { apiErrors } from '../../shared/api/errors.ts'

type ErrorName = keyof typeof apiErrors

const answer = (
  name: ErrorName,
  message: string,
  data?: Record<string, string>,
): ORPCError<ErrorName, Record<string, string> | undefined> =>
  new ORPCError(name, { defined: true, status: apiErrors[name].status, message, data })

/** What each named error of a service is called at the door. */
const byName: Readonly<Record<string, (error: Error) => Error>> = {
  AlertNotFound: ({ message }) => answer('NOT_FOUND', message, { what: 'alert' }),
  AlertConflict: (error) =>
    answer('CONFLICT', error.message, { state: 'state' in error ? String(error.state) : '' }),
  RecordNotFound: (error) =>
    answer('NOT_FOUND', error.message, { what: 'what' in error ? String(error.what) : '' }),
  BadDocument: ({ message }) => answer('BAD_REQUEST', message),
  StoreWriteFailed: ({ message }) =>
    answer('NOT_STORED', `${message} What was stored before is unharmed; try again when it is put right.`),
  BackupFailed: ({ message }) => answer('UNREADABLE', message, { fault: 'backup' }),
  ImportRefused: ({ message }) => answer('UNREADABLE', message, { fault: 'import' }),
  LinkOffline: ({ message }) => answer('OFFLINE', message),
  OutcomeUnknown: ({ message }) => answer('OUTCOME_UNKNOWN', message),
  BookCrashed: () =>
    answer('OFFLINE', 'The book is being started again. Nothing was lost; try again in a moment.'),
  BookClosed: () => answer('OFFLINE', 'The desk is closing. Nothing was lost.'),
  SearchUnavailable: ({ message }) => answer('OFFLINE', message),
  SearchClosed: () => answer('OFFLINE', 'The desk is closing. Nothing was lost.'),
  StatementError: (error) =>
    answer('UNREADABLE', error.message, { fault: 'fault' in error ? String(error.fault) : '' }),
  PaymentAccountUnknown: ({ message }) => answer('NOT_FOUND', message, { what: 'account' }),
  PaymentAmountRefused: ({ message }) => answer('BAD_REQUEST', message),
  PaymentIdUsed: ({ message }) => answer('CONFLICT', message, { state: 'used' }),
  OutboxMoveRefused: ({ message }) => answer('CONFLICT', message, { state: '' }),
  TooManyViews: ({ message }) => answer('BAD_REQUEST', message),
}

/** Turns the named errors of services into the contract's; any other stays as it is and is masked by the transport. */
export const contractError = (error: unknown): unknown =>
  error instanceof Error && Object.hasOwn(byName, error.name) ? byName[error.name]?.(error) : error
