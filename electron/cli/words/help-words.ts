export type HelpWords = {
  readonly usage: string
  readonly about: string
  readonly commandsHead: string
  readonly optionsHead: string
  readonly commonHead: string
  readonly exitHead: string
  readonly more: string
  readonly exits: readonly (readonly [code: string, what: string])[]
}
