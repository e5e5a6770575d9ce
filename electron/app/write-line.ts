import { visible } from '../../shared/visible.ts'

/**
 * A line of the window's and the browser's process: of a log, or that it is ready. Names and messages of clusters and
 * plugins stand in it, and somebody may read it in a terminal, which would obey them.
 */
export function writeLine(stream: Pick<NodeJS.WritableStream, 'write'>, line: string): void {
  stream.write(`${visible(line)}\n`)
}
