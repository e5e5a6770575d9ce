import { styleText } from 'node:util'
import type { OutputLine } from './output-line.ts'
import { wrap } from './text-table.ts'

export type Stream = { readonly isTTY: boolean; readonly columns?: number; write(text: string): void }

/** Where a command writes: results on stdout, as lines or as JSON; questions and remarks on stderr. */
export type Out = {
  readonly json: boolean
  /** One object for machines, or what stands for it in words: a line, several, or none. */
  put(line: OutputLine, text: string | readonly string[]): void
  /** Words without an object: heads and empty lines. */
  text(lines: string | readonly string[]): void
  remark(text: string): void
  paint(colour: Colour, text: string): string
}
export type Colour = 'bold' | 'red' | 'green' | 'yellow' | 'dim'

export type OutOptions = {
  readonly json: boolean
  readonly stdout: Stream
  readonly stderr: Stream
  readonly env: Readonly<Record<string, string | undefined>>
}

export function createOut({ json, stdout, stderr, env }: OutOptions): Out {
  const colours = stdout.isTTY && !json && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'

  function text(lines: string | readonly string[]): void {
    for (const line of typeof lines === 'string' ? [lines] : lines) stdout.write(`${line}\n`)
  }

  return {
    json,
    put: (line, words) => (json ? stdout.write(`${JSON.stringify(line)}\n`) : text(words)),
    text(lines) {
      if (!json) text(lines)
    },
    remark(words) {
      for (const line of wrap(words, 80)) stderr.write(`${line}\n`)
    },
    paint: (colour, words) => (colours ? styleText(colour, words, { validateStream: false }) : words),
  }
}
