/** Builds the page, if any of its sources is newer than the last build. */
export function buildPage(node: string): void

/** The program of Node 24 that npm has installed for such a machine, if it has. */
export function nodeProgram(
  modules: string,
  machine: { readonly platform: string; readonly arch: string },
): string | undefined
