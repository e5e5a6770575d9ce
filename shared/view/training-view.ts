import type { ConnectionId } from '../ids.ts'

export type TrainingView =
  | { readonly kind: 'off' }
  | { readonly kind: 'on'; readonly connection: ConnectionId; readonly speed: number }
