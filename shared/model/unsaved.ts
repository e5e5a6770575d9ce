/** Why something can't be kept on this machine. */
export type StorageWhy = 'no-room' | 'read-only' | 'denied' | 'in-the-way' | 'missing' | 'failed'

/** Settings that are in memory only: what was changed is lost with the process, unless they are written before. */
export type Unsaved = { readonly folder: string; readonly why: StorageWhy; readonly code: string }
