/** Changing these loses what windows have stored: they are the origin. */
export const APP_SCHEME = 'app'
export const APP_HOST = 'deskline'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`
export const APP_PAGE = `${APP_ORIGIN}/`

/** Whether an address is a page of ours: parsed, not compared by its beginning. */
export const isAppAddress = (address: string): boolean => {
  const url = URL.parse(address)
  return (
    url !== null &&
    url.protocol === `${APP_SCHEME}:` &&
    url.host === APP_HOST &&
    url.username === '' &&
    url.password === ''
  )
}
