import { protocol, type Session } from 'electron'
import type { Assets } from '../host/assets.ts'
import { APP_HOST, APP_SCHEME } from './app-origin.ts'

/** Must run before the app is ready, once. */
export const registerAppScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Answers `app://deskline/…` from the built windows; any other host under the scheme has nothing. */
export const serveAppScheme = (session: Session, assets: Assets): void => {
  session.protocol.handle(APP_SCHEME, async (request) => {
    const url = URL.parse(request.url)
    const path = url?.host === APP_HOST ? url.pathname : ''
    const { status, headers, body } = await assets.answer(request.method, path)
    return new Response(body, { status, headers })
  })
}
