import { spawn } from 'node:child_process'

export type Display = {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Whether there is a screen to open a window on. */
export const hasDisplay = ({ platform, env }: Display): boolean =>
  platform === 'win32' || platform === 'darwin' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])

/** The system's own way to open an address, or null where there is no screen. */
export const openerFor = (display: Display, url: string): readonly [string, ...string[]] | null => {
  if (!hasDisplay(display)) return null
  if (display.platform === 'darwin') return ['open', url]
  if (display.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url]
  return ['xdg-open', url]
}

/** Opens an address in the user's browser; answers whether there was a way to. */
export const openAddress = (display: Display, url: string): Promise<boolean> => {
  const opener = openerFor(display, url)
  if (opener === null) return Promise.resolve(false)
  const [command, ...args] = opener
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
