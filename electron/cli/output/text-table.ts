import { eastAsianWidth } from 'get-east-asian-width'
import { visible } from '../../../shared/visible.ts'

/** Columns that a text takes in a terminal: Chinese characters take two. */
export function widthOf(text: string): number {
  let width = 0
  for (const letter of text) {
    const code = letter.codePointAt(0)
    if (code !== undefined && !/\p{Mn}|\p{Cf}/u.test(letter)) width += eastAsianWidth(code)
  }
  return width
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

/** Rows under their heads, two spaces between the columns; the last column takes what it needs. */
export function textTable(all: readonly (readonly string[])[]): readonly string[] {
  // A cell that were written out longer than it was measured would push the others aside.
  const rows = all.map((row) => row.map(visible))
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => padEnd(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** A word, spaces, or a Chinese character with the punctuation that may not begin a line. */
const pieces =
  /[\u2e80-\u9fff\uff00-\uffef][，。；：、）！？”]*|\s+|[^\s\u2e80-\u9fff\uff00-\uffef]+[，。；：、）！？”]*/gu

/** Breaks at spaces, and between Chinese characters, so that no line is wider. Following lines are indented. */
export function wrap(text: string, width: number, indent = ''): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of text.match(pieces) ?? []) {
    if (line.trim() !== '' && widthOf((line + piece).trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = indent + piece.trimStart()
    } else line += piece
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()]
}
