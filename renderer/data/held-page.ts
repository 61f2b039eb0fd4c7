import { applyPage, type Page } from '../../shared/api/pages.ts'

/** The slice of a list that a window holds, and of which list it is. */
export type HeldPage<R> = { readonly list: string; readonly rows: readonly R[]; readonly total: number }
export type FailedPage = { readonly list: string; readonly error: string }

export type PageState<R> = {
  readonly rows: readonly R[]
  /** Documents in the whole list. */
  readonly total: number
  /** Nothing of this list has come yet. */
  readonly loading: boolean
  readonly error: string | null
}

/** What is held after news of `list`. Rows of another list never get into it, also not under a change. */
export const holdPage = <R extends { id: string }>(
  held: HeldPage<R> | null,
  list: string,
  page: Page<R>,
): HeldPage<R> => ({
  list,
  rows: applyPage(held?.list === list ? held.rows : [], page),
  total: page.total,
})

/** What a panel shows of `list`; null: of nothing. Rows outlive a failure: they are the last known. */
export const pageState = <R>(
  list: string | null,
  held: HeldPage<R> | null,
  failed: FailedPage | null,
): PageState<R> => {
  const own = list !== null && held?.list === list ? held : null
  const error = list !== null && failed?.list === list ? failed.error : null
  return {
    rows: own?.rows ?? [],
    total: own?.total ?? 0,
    loading: list !== null && own === null && error === null,
    error,
  }
}
