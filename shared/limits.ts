/**
 * Sizes that page and host agree on, in bytes of UTF-8: what the one takes the other must take too. A kubeconfig is one
 * size wherever it comes from, pasted, dropped, a file or a file of a folder.
 */
export const kubeconfigBytes = 4 * 1024 * 1024

/** One message from the page, as JSON. A kubeconfig of the largest size fits with its line ends and quotes escaped. */
export const messageBytes = 2 * kubeconfigBytes + 64 * 1024

/** Of text as UTF-8. Nothing is built: the text may be what is too long. */
export function utf8Bytes(text: string): number {
  let bytes = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) bytes += 1
    else if (unit < 0x800) bytes += 2
    else if (unit >= 0xd800 && unit < 0xdc00 && isLow(text.charCodeAt(at + 1))) {
      bytes += 4
      at++
    } else bytes += 3
  }
  return bytes
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}
