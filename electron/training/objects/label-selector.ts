import type { Labels } from './objects.ts'
import { wrongKey, wrongLabelValue } from './name-rules.ts'
import { badRequest, good, refuse, type Result } from './status-error.ts'

type Requirement = (labels: Labels) => boolean
type Token = { readonly kind: 'word' | 'symbol' | 'end'; readonly text: string }

class Unreadable extends Error {}

function tokensOf(text: string): readonly Token[] {
  const found = [...text.matchAll(/(==|!=|[(),!=<>])|([^\s(),!=<>]+)/g)]
  return [
    ...found.map(([, symbol, word = '']): Token =>
      symbol === undefined ? { kind: 'word', text: word } : { kind: 'symbol', text: symbol },
    ),
    { kind: 'end', text: '' },
  ]
}

const operators = ['in', 'notin', '=', '==', '!=', '>', '<']
const valueEnds = [',', ')']

/** Reads requirement after requirement, with the API server's words for what it cannot read. */
function parse(text: string): readonly Requirement[] {
  const tokens = tokensOf(text)
  let position = 0
  const peek = (): Token => tokens[position] ?? { kind: 'end', text: '' }
  const take = (): Token => {
    const token = peek()
    position += 1
    return token
  }
  const fail = (token: Token, expected: string) =>
    new Unreadable(`found '${token.text}', expected: ${expected}`)
  const is = (token: Token, symbol: string) => token.kind === 'symbol' && token.text === symbol

  function requirement(): Requirement {
    const isAbsent = is(peek(), '!')
    if (isAbsent) take()
    const name = take()
    if (name.kind !== 'word') throw fail(name, 'identifier')
    const key = name.text
    const [why] = wrongKey(key)
    if (why !== undefined) throw new Unreadable(`<nil>: Invalid value: ${JSON.stringify(key)}: ${why}`)
    if (isAbsent) return (labels) => labels[key] === undefined
    if (peek().kind === 'end' || is(peek(), ',')) return (labels) => labels[key] !== undefined
    const operator = take()
    if (!operators.includes(operator.text)) throw fail(operator, 'in, notin, =, ==, !=, gt, lt')
    const isSet = operator.text === 'in' || operator.text === 'notin'
    const values = isSet ? setOfValues() : [exactValue()]
    for (const [index, value] of values.entries()) {
      const [wrong] = wrongLabelValue(value)
      if (wrong !== undefined)
        throw new Unreadable(`values[${index}][${key}]: Invalid value: ${JSON.stringify(value)}: ${wrong}`)
    }
    return compare(key, operator.text, values)
  }

  function setOfValues(): readonly string[] {
    const open = take()
    if (!is(open, '(')) throw new Unreadable(`found '${open.text}' expected: '('`)
    const values: string[] = []
    for (;;) {
      if (is(peek(), ')')) {
        take()
        return values
      }
      const value = take()
      if (is(value, ',')) continue
      if (value.kind !== 'word') throw fail(value, "',', ')' or identifier")
      values.push(value.text)
      if (!valueEnds.includes(peek().text)) throw fail(peek(), "',' or ')'")
    }
  }

  function exactValue(): string {
    if (peek().kind === 'end' || is(peek(), ',')) return ''
    const value = take()
    if (value.kind !== 'word') throw fail(value, 'identifier')
    return value.text
  }

  const requirements: Requirement[] = []
  if (peek().kind === 'end') return []
  for (;;) {
    const first = peek()
    if (first.kind !== 'word' && !is(first, '!')) throw fail(first, "!, identifier, or 'end of string'")
    try {
      requirements.push(requirement())
    } catch (error) {
      throw error instanceof Unreadable
        ? new Unreadable(`unable to parse requirement: ${error.message}`)
        : error
    }
    const end = take()
    if (end.kind === 'end') return requirements
    if (!is(end, ',')) throw fail(end, "',' or 'end of string'")
    if (peek().kind !== 'word' && !is(peek(), '!')) throw fail(peek(), "identifier after ','")
  }
}

function compare(key: string, operator: string, values: readonly string[]): Requirement {
  const [value = ''] = values
  return (labels) => {
    const label = labels[key]
    switch (operator) {
      case 'in':
      case '=':
      case '==':
        return label !== undefined && values.includes(label)
      case '>':
        return label !== undefined && Number(label) > Number(value)
      case '<':
        return label !== undefined && Number(label) < Number(value)
      default:
        return label === undefined || !values.includes(label)
    }
  }
}

/** `a=b,c!=d,e in (x,y),!f,g>1`; 400 when it cannot be read. */
export function parseLabels(text: string): Result<Requirement> {
  try {
    const requirements = parse(text)
    return good((labels) => requirements.every((requirement) => requirement(labels)))
  } catch (error) {
    if (error instanceof Unreadable) return refuse(badRequest(error.message))
    throw error
  }
}
