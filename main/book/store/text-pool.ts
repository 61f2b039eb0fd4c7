export { createTextPool, type TextPool } from '../../../shared/table/text-pool.ts'
