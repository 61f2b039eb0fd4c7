/** What the sandbox of Chromium depends on, on Linux. */
export type SandboxFacts = {
  readonly platform: NodeJS.Platform
  readonly uid: number
  /** `/proc/sys/kernel/unprivileged_userns_clone` and `/proc/sys/kernel/apparmor_restrict_unprivileged_userns`. */
  readonly usernsClone: string | null
  readonly apparmorRestricts: string | null
  /** The setuid helper beside the binary belongs to root and has its bit set. */
  readonly hasSetuidHelper: boolean
}

/** Why Electron could run only without its sandbox (which we do not do), or null. */
export const sandboxFault = (facts: SandboxFacts): string | null => {
  if (facts.platform !== 'linux') return null
  if (facts.uid === 0) return 'Electron’s sandbox does not run as root'
  if (facts.hasSetuidHelper) return null
  if (facts.usernsClone?.trim() === '0' || facts.apparmorRestricts?.trim() === '1')
    return 'This system does not let Electron set up its sandbox'
  return null
}
