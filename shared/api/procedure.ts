import { oc } from '@orpc/contract'
import { apiErrors } from './errors.ts'

/** Where every procedure of the contract begins: with the errors it may answer. */
export const procedure = oc.errors(apiErrors)
