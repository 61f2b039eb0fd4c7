/** Switches of Chromium and Electron that may stand between ours, as test drivers and desktops add them. */
const foreign =
  /^--(no-sandbox|headless|inspect|remote-debugging|disable-|enable-|ozone-|force-|use-|in-process|js-flags|user-data-dir|allow-|original-process|password-store|lang|log-|v=|vmodule|trace|gtk-version)/

/**
 * The desk's own words of Electron's command line: behind the app's folder when it is run from sources, behind the
 * program when packaged, without Chromium's switches.
 */
export const ownArguments = (argv: readonly string[], packaged: boolean): string[] => {
  const rest = argv.slice(1)
  const app = packaged ? -1 : rest.findIndex((word) => !word.startsWith('-'))
  return rest.slice(app + 1).filter((word) => word !== '--' && !foreign.test(word))
}
