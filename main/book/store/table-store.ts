export { createNumberKeys, createTextKeys } from '../../../shared/table/keys.ts'
export { createTableStore } from '../../../shared/table/table-store.ts'
