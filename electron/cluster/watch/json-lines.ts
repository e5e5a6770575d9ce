/** No object of a cluster is larger: etcd takes 1.5 MiB. What never ends a line is no watch. */
const longestLine = 16 * 1024 * 1024

/** Splits a byte stream into lines. Half a line at the end is dropped: its sender died in the middle of it. */
export async function* jsonLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  // Streaming, because a chunk may end within a character.
  const decoder = new TextDecoder()
  // Joined only at the end of a line: a long line in many chunks would else be copied once for each of them.
  let pieces: string[] = []
  let length = 0
  for await (const chunk of stream) {
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n')
    const rest = others.pop()
    pieces.push(first)
    length += first.length
    if (length > longestLine) throw new Error('a line of the watch does not end')
    if (rest === undefined) continue
    for (const line of [pieces.join(''), ...others]) if (line.trim() !== '') yield line
    pieces = [rest]
    length = rest.length
  }
}
