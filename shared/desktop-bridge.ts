/** What the desktop host's preload puts on the page's window: a way to ask for a port, and nothing else. */
export type DesktopBridge = { readonly openPipe: () => void }

/** The window message that brings the page its port. */
export const pipeMessage = 'tranche.pipe'
