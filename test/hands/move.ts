import type { Manner } from './world/world.ts'

/** A control as a person would name it; the `nth` of those that are called the same. */
export type Aim = { readonly role: string; readonly name: string; readonly nth: number }

export type Dropped = 'kubeconfig' | 'broken' | 'folder' | 'several' | 'huge'

/** What hands do. */
export type HandMove =
  | {
      readonly kind: 'click'
      readonly at: Aim
      readonly button: 'left' | 'right' | 'middle'
      readonly times: 1 | 2
    }
  /** A key that stays down for so many repeats. */
  | { readonly kind: 'hold'; readonly at: Aim; readonly key: string; readonly repeats: number }
  | { readonly kind: 'key'; readonly key: string }
  /** Takes the place of what stands in the field; `by` hand, letter by letter, or pasted. */
  | { readonly kind: 'fill'; readonly at: Aim; readonly text: string; readonly by: 'typing' | 'pasting' }
  | { readonly kind: 'empty'; readonly at: Aim }
  | { readonly kind: 'choose'; readonly at: Aim; readonly key: 'ArrowDown' | 'ArrowUp' | 'End' }
  | { readonly kind: 'drag'; readonly at: Aim; readonly by: number; readonly button: 'left' | 'right' }
  | { readonly kind: 'drop'; readonly what: Dropped }
  | { readonly kind: 'wheel'; readonly by: number }
  | { readonly kind: 'beside' }
  | { readonly kind: 'size'; readonly width: number; readonly height: number; readonly scale: number }
  | { readonly kind: 'wait'; readonly ms: number }
  /** The other window, opened when there is none yet. */
  | { readonly kind: 'window' }
  | { readonly kind: 'reload' }
  /** A window at an address without the secret, or with one of yesterday. */
  | { readonly kind: 'address'; readonly what: 'bare' | 'old' }

export const worldActs = [
  'scale',
  'delete',
  'recreate',
  'add',
  'write',
  'move-on',
  'pause',
  'planned',
  'sign-in-first',
  'surge',
  'stumble',
  'start',
  'plan',
  'driver',
  'unreadable',
  'endpoints',
  'stale',
  'service',
  'long-ago',
  'sign-in',
  'switch-off',
] as const
export type WorldAct = (typeof worldActs)[number]

/** What the world does under the page. `place`: a Service; `shown`: the one that is looked at. */
export type WorldMove =
  | {
      readonly kind: 'world'
      readonly act: WorldAct
      readonly place:
        'shown' | { readonly cluster: number; readonly namespace: number; readonly service: number }
      readonly batch: number
      readonly number: number
    }
  | { readonly kind: 'answer'; readonly manner: Manner; readonly times: number }
  | { readonly kind: 'deliver'; readonly index: number }
  | { readonly kind: 'cut' }

export type Move = HandMove | WorldMove
