import type { StatementReport } from '../../shared/api/statements.ts'
import type { StatementFault } from './errors.ts'

/** What the worker is started with: a file's name and its gzipped bytes. */
export type StatementWork = { readonly file: string; readonly gzip: Uint8Array }

/** What it answers, once, before it ends. */
export type StatementAnswer =
  | { readonly kind: 'report'; readonly report: StatementReport }
  | { readonly kind: 'refused'; readonly fault: StatementFault; readonly message: string }
