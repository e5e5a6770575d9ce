import { visible } from '../../../shared/visible.ts'

/**
 * A line of the window's and the browser's process: of a log, or that it is ready. Names and messages of clusters and
 * plugins stand in it, and somebody may read it in a terminal, which would obey them. The lines of a stack stay lines,
 * indented: none of them passes for a line of its own.
 */
export function writeLine(stream: Pick<NodeJS.WritableStream, 'write'>, line: string): void {
  stream.write(`${line.split('\n').map(visible).join('\n  ')}\n`)
}
