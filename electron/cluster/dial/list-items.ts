const [quote, backslash, comma, open, close, openList, closeList] = [0x22, 0x5c, 0x2c, 0x7b, 0x7d, 0x5b, 0x5d]

export type ItemSplitter = {
  push(chunk: Uint8Array): void
  /** What is left of the answer once its items are out: still JSON, with an empty list in their place. */
  end(): string
}

/**
 * Takes the items of a list out of an answer while it comes: as a whole, its bytes, its text and everything parsed are in
 * memory at once, and of a large namespace that is ten times what is kept. What it is given may be anything: an answer
 * that is none is no JSON afterwards either.
 */
export function splitItems(each: (text: string) => void): ItemSplitter {
  /** Of what stands open: 1 within the answer itself, 2 within its list of items. */
  let depth = 0
  let inText = false
  let escaped = false
  let inItems = false
  let item: Buffer[] = []
  let rest: string[] = []
  let tail = ''

  function keep(bytes: Buffer): void {
    if (bytes.length === 0) return
    if (inItems) item.push(bytes)
    else {
      const text = bytes.toString('latin1')
      rest.push(text)
      tail = (tail + text).slice(-20)
    }
  }

  function endItem(): void {
    const text = Buffer.concat(item).toString('utf8')
    item = []
    if (text.trim() !== '') each(text)
  }

  return {
    push(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      let from = 0
      for (let at = 0; at < bytes.length; at++) {
        const byte = bytes[at]
        if (inText) {
          if (escaped) escaped = false
          else if (byte === backslash) escaped = true
          else if (byte === quote) inText = false
          continue
        }
        if (byte === quote) inText = true
        else if (byte === open || byte === openList) {
          depth++
          if (byte === openList && depth === 2 && !inItems) {
            keep(bytes.subarray(from, at + 1))
            from = at + 1
            inItems = /"items"\s*:\s*\[$/.test(tail)
          }
        } else if (byte === close || byte === closeList) {
          depth--
          if (inItems && depth === 1) {
            keep(bytes.subarray(from, at))
            from = at
            endItem()
            inItems = false
          }
        } else if (byte === comma && inItems && depth === 2) {
          keep(bytes.subarray(from, at))
          from = at + 1
          endItem()
        }
      }
      // A copy: the chunk belongs to the socket, and would be held as a whole for the start of one item.
      keep(Buffer.from(bytes.subarray(from)))
    },
    end: () => {
      const text = Buffer.from(rest.join(''), 'latin1').toString('utf8')
      rest = []
      return text
    },
  }
}
