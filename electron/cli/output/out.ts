import { randomUUID } from 'node:crypto'
import { styleText } from 'node:util'
import type { OutputLine } from './output-line.ts'
import { wrap } from './text-table.ts'
import { visible, visibleJson } from '../../../shared/visible.ts'

export type Stream = { readonly isTTY: boolean; readonly columns?: number; write(text: string): void }

/**
 * Where a command writes: results on stdout, as lines or as JSON; questions and remarks on stderr. All of it goes through
 * here, so that what others have written reaches no terminal as it is.
 */
export type Out = {
  readonly json: boolean
  /** One object for machines, or what stands for it in words: a line, several, or none. */
  put(line: OutputLine, text: string | readonly string[]): void
  /** Words without an object: heads and empty lines. */
  text(lines: string | readonly string[]): void
  remark(text: string): void
  /** Beside the results, each line as it is laid out. */
  aside(lines: readonly string[]): void
  /** The same also beside JSON: what a person has to see before anything is done. */
  notice(lines: readonly string[]): void
  paint(colour: Colour, text: string): string
}
type Colour = 'bold' | 'red' | 'green' | 'yellow' | 'dim'

export type OutOptions = {
  readonly json: boolean
  readonly stdout: Stream
  readonly stderr: Stream
  readonly env: Readonly<Record<string, string | undefined>>
}

export function createOut({ json, stdout, stderr, env }: OutOptions): Out {
  const colours = stdout.isTTY && !json && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'

  /** Stands for an escape of our own until a line is written: nobody else knows it. */
  const mark = `<${randomUUID()}>`

  function shown(line: string): string {
    return visible(line).replaceAll(mark, '\u001b')
  }

  function text(lines: string | readonly string[]): void {
    for (const line of typeof lines === 'string' ? [lines] : lines) stdout.write(`${shown(line)}\n`)
  }

  function notice(lines: readonly string[]): void {
    for (const line of lines) stderr.write(`${visible(line)}\n`)
  }

  return {
    json,
    put: (line, words) => (json ? stdout.write(`${visibleJson(line)}\n`) : text(words)),
    text(lines) {
      if (!json) text(lines)
    },
    remark(words) {
      for (const line of wrap(visible(words), 80)) stderr.write(`${line}\n`)
    },
    aside(lines) {
      if (!json) notice(lines)
    },
    notice,
    paint: (colour, words) =>
      colours
        ? styleText(colour, visible(words), { validateStream: false }).replaceAll('\u001b', mark)
        : words,
  }
}
