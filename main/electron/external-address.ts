/** Web addresses that may be opened in the user's browser, by host. None yet. */
const webHosts: ReadonlySet<string> = new Set()

/** `tel:` as RFC 3966 has it for global and local numbers, without parameters other than an extension. */
const telephone = /^\+?[0-9().-]{3,30}(;ext=[0-9]{1,10})?$/
/** One plain address; no headers, so that no page can write a letter's text or copies. */
const mailbox = /^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,253}$/

/**
 * The address to hand to the operating system, rebuilt from its parsed parts, or null when it is not allowed:
 * the handlers of other schemes can start programs.
 */
export const externalAddress = (address: string): string | null => {
  const url = URL.parse(address)
  if (url === null || url.search !== '' || url.hash !== '') return null
  if (url.protocol === 'tel:') return telephone.test(url.pathname) ? `tel:${url.pathname}` : null
  if (url.protocol === 'mailto:') return mailbox.test(url.pathname) ? `mailto:${url.pathname}` : null
  if (url.protocol === 'https:')
    return webHosts.has(url.host) && url.username === '' && url.password === '' ? url.href : null
  return null
}
