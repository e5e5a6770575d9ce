/** What the probe in the page tells the test. Everything here is plain JSON. */
export type Field = {
  readonly name: string
  readonly value: string
  readonly kind: string
  /** Where it stands: in a dialog, in the panel, in the main column, in the sidebar. */
  readonly area: Area
  readonly container?: string
  readonly focused: boolean
}

export type Area = 'dialog' | 'panel' | 'main' | 'sidebar' | 'rail' | 'title' | 'other'

export type ShownBatch = {
  readonly number: string
  readonly pods: number
  readonly editable: boolean
  /** What stands in its field is its size, not a number that it can't have. */
  readonly taken: boolean
}

/** What stands on the screen, as far as a person decides by it. */
export type Picture = {
  /** Cluster, namespace, Service. */
  readonly place: readonly string[]
  readonly dialog:
    | {
        readonly id: string
        readonly title: string
        readonly text: string
        readonly alerts: readonly string[]
      }
    | undefined
  readonly fields: readonly Field[]
  readonly batches: readonly ShownBatch[]
  readonly alerts: readonly string[]
  /** `fault`: what stands below it. */
  readonly primary: { readonly verb: string; readonly text: string; readonly fault: string } | undefined
  /** Pods of all batches together, where the page says that they stay so many. */
  readonly total: number | undefined
  /** Batches that are drawn too narrow for their numbers. */
  readonly folded: number
  /** The row of an open list that Enter would choose. */
  readonly option: string
  /** What is said aloud at once. */
  readonly urgent: string
  /** `form`: it has a button of its own that takes what is typed. */
  readonly focus:
    { readonly name: string; readonly kind: string; readonly area: Area; readonly form: boolean } | undefined
}

export type Press = {
  readonly n: number
  readonly type: string
  readonly key: string
  /** It came of a key that was held down. */
  readonly repeat: boolean
  readonly control: string
  readonly area: Area
  readonly picture: Picture
}

export type Seen =
  | { readonly kind: 'press'; readonly press: Press }
  | {
      readonly kind: 'sent'
      readonly id: string
      readonly name: string
      readonly input: unknown
      /** The press in whose turn it was sent; absent: it came by itself. */
      readonly press: Press | undefined
      /** The pipeline as the page had it. */
      readonly view: unknown
      /** Where what is typed was typed: text of a field -> the place that was shown then. */
      readonly typedAt: Readonly<Record<string, readonly string[]>>
    }
  | { readonly kind: 'reply'; readonly id: string; readonly name: string; readonly reply: unknown }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'socket'; readonly what: 'open' | 'close'; readonly code: number }

export type Control = {
  readonly role: string
  readonly name: string
  readonly type: string
  readonly enabled: boolean
  readonly area: Area
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly value: string
  readonly focused: boolean
  readonly current: boolean
  /** As the style sheet knows it. */
  readonly classes: string
  readonly verb: string
}

/** How the page stands after a step. */
export type Look = {
  readonly seen: readonly Seen[]
  readonly picture: Picture
  readonly text: string
  /** Of all that is drawn outside dialogs: the same while nothing of it changes. */
  readonly sign: number
  /** Changes of the document so far. */
  readonly changes: number
  /** Those of the first 100 ms of the step and before. */
  readonly soon: number
  readonly broken: readonly string[]
  readonly canvases: readonly { readonly label: string; readonly have: number; readonly need: number }[]
  readonly alive: Readonly<Record<string, number>>
  readonly scale: number
}
