import {
  Lexer,
  parseDocument,
  Parser,
  type Document,
  type DocumentOptions,
  type ParseOptions,
  type SchemaOptions,
} from 'yaml'

/** Nothing that is read here has more than 20. */
const deepest = 100
/** The parser compares each key of a map with all others: ten times as many would take minutes. */
const mostKeys = 10_000

export type ParsedYaml =
  { readonly kind: 'document'; readonly document: Document.Parsed } | { readonly kind: TooMuch }

type TooMuch = 'too-deep' | 'too-many-keys'

/**
 * The one way to YAML. Its parser calls itself for each level, and builds expressions as long as the text is deep: some
 * hundred thousand brackets end the process, in memory and not in an error that could be caught. The levels are counted
 * before, in the one part of it that goes through a text from the front to the end.
 */
export function parseYaml(
  text: string,
  options: ParseOptions & DocumentOptions & SchemaOptions = {},
): ParsedYaml {
  const why = whyNot(text)
  return why === undefined ? { kind: 'document', document: parseDocument(text, options) } : { kind: why }
}

function whyNot(text: string): TooMuch | undefined {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    const tokens = parser.next(lexeme)
    while (tokens.next().done !== true) continue
    if (parser.stack.length > deepest) return 'too-deep'
    const top = parser.stack.at(-1)
    const isMap = top?.type === 'block-map' || (top?.type === 'flow-collection' && top.start.source === '{')
    if (isMap && top.items.length > mostKeys) return 'too-many-keys'
  }
  return undefined
}
