/**
 * Control characters, line ends, what turns the direction of text or takes no room, halves of characters, and code
 * points that stand for nothing. Emoji are chosen by two that stay.
 */
const unseen = /(?![\ufe0e\ufe0f])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\p{DI}]/gu
/** Line ends and tabs are laid out by what shows them. */
const hidden = new RegExp(`(?![\\n\\t])${unseen.source}`, 'gu')
const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * Text as a terminal may get it: one line, nothing in it that moves the cursor, clears the screen, sets a title, hides
 * or turns what stands beside it. Names, messages and addresses come from clusters, kubeconfigs and plugins.
 */
export function visible(text: string): string {
  return text.replace(unseen, escapedLetter)
}

function escapedLetter(letter: string): string {
  return short[letter] ?? escaped(letter.codePointAt(0) ?? 0)
}

function escaped(code: number): string {
  const hex = code.toString(16)
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`
}

/** The same for what machines read: JSON has its own escapes, and says the same with them. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value).replace(unseen, (letter) =>
    Array.from(
      { length: letter.length },
      (_, at) => `\\u${letter.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  )
}

/** Letters that are written from right to left: they take digits and signs beside them along. */
const letters = '[\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefe\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}]'
/** Words of one text stay together; signs between two texts (arrows, commas, brackets) are ours. */
const turning = new RegExp(`${letters}(?:[ '"\\p{M}]*${letters})*`, 'gu')
const isolate = { begin: '\u2068', end: '\u2069' }
const isolated = new RegExp(`${isolate.begin}(${turning.source})${isolate.end}`, 'gu')

export type Piece = {
  readonly kind: 'plain' | 'unseen' | 'turning'
  readonly text: string
}

/** What is neither made visible nor isolated, which is nearly everything: Latin, Chinese, Japanese, signs, arrows. */
const harmless =
  /^[\t\n\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u3000-\u3029\u30a1-\u30ff\u4e00-\u9fff\uff01-\uff5e]*$/

/**
 * Text of others in the parts that a page shows each in its way: made visible by an escape, or isolated, so that it
 * turns nothing that stands beside it. A single plain piece is the text itself.
 */
export function piecesOf(text: string): readonly Piece[] {
  if (harmless.test(text)) return [{ kind: 'plain', text }]
  const plain = text.replaceAll('\r\n', '\n').replace(isolated, '$1')
  // First what is not seen: one that hides among the letters of a turning word is shown as well.
  return split(plain, hidden, 'unseen')
    .map((piece) => (piece.kind === 'unseen' ? { ...piece, text: escapedLetter(piece.text) } : piece))
    .flatMap((piece) => (piece.kind === 'plain' ? split(piece.text, turning, 'turning') : [piece]))
}

function split(text: string, pattern: RegExp, kind: Piece['kind']): readonly Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) pieces.push({ kind: 'plain', text: text.slice(from, match.index) })
    pieces.push({ kind, text: match[0] })
    from = match.index + match[0].length
  }
  if (from < text.length) pieces.push({ kind: 'plain', text: text.slice(from) })
  return pieces
}

/** The same where it is kept as text: what is copied may be pasted into a terminal. Line ends stay. */
export function visibleLines(text: string): string {
  return piecesOf(text)
    .map((piece) => piece.text)
    .join('')
}

/** The same where only text can stand: titles, what is read aloud, the task bar. Isolated by characters. */
export function visiblePlain(text: string): string {
  if (harmless.test(text)) return text
  return piecesOf(text)
    .map((piece) => (piece.kind === 'turning' ? `${isolate.begin}${piece.text}${isolate.end}` : piece.text))
    .join('')
}
