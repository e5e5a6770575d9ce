import type { InEveryLanguage } from '../../language.ts'

/** One value that a plan holds for each batch: its bounds, and how page and terminal ask for it. */
export type Setting = NumberSetting | FlagSetting

export type NumberSetting = Common<number> & {
  readonly kind: 'count' | 'seconds'
  readonly most: number
  /** The most that makes sense at a batch, where that is less. */
  readonly mostOf?: (batch: { readonly desired: number }) => number
}

export type FlagSetting = Common<boolean> & { readonly kind: 'flag' }

type Common<T> = {
  /** Where nobody has said anything, also in records from before there was such a setting. */
  readonly usual: T
  /** It leads to the next batch: after the last one there is none. */
  readonly leadsOn?: true
  /** The terminal's option. One for a flag gives the other value than the usual one. */
  readonly option: {
    readonly name: string
    /** What stands for its value. */
    readonly takes?: InEveryLanguage
    readonly what: InEveryLanguage
  }
  readonly words: InEveryLanguage<SettingWords<T>>
}

type SettingWords<T> = {
  /** Head of its column in the plan editor. */
  readonly column: string
  /** Its field at one batch, for who does not see the column. */
  readonly of: (batch: number) => string
  /** What a plan asks for, in a few words; empty where it asks nothing. */
  readonly short: (value: T) => string
}
