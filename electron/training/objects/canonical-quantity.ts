const decimal = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']
const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']

/** As the API server writes a quantity: a whole number with the largest suffix of its kind. `0.5` -> `500m`, `1024Mi` -> `1Gi`. */
export function canonicalQuantity(text: string): string {
  const [, sign = '', whole = '', fraction = '', suffix = ''] =
    /^([+-]?)(\d*)\.?(\d*)([numkMGTPE]|[KMGTPE]i)?$/.exec(text) ?? []
  if (whole === '' && fraction === '') return text
  const minus = sign === '-' ? '-' : ''
  if (suffix.endsWith('i')) {
    let bytes = Number(`${whole}.${fraction === '' ? '0' : fraction}`) * 1024 ** binary.indexOf(suffix)
    if (!Number.isSafeInteger(bytes)) return text
    let step = 0
    while (bytes !== 0 && bytes % 1024 === 0 && step < binary.length - 1) {
      bytes /= 1024
      step += 1
    }
    return `${minus}${bytes}${binary[step] ?? ''}`
  }
  // Counted in thousandths of thousandths of thousandths, the least there is.
  const exponent = 3 * decimal.indexOf(suffix)
  let digits = BigInt(`${whole}${fraction}`)
  let zeros = exponent - fraction.length
  if (zeros < 0) {
    digits = (digits + 10n ** BigInt(-zeros) - 1n) / 10n ** BigInt(-zeros)
    zeros = 0
  }
  digits *= 10n ** BigInt(zeros)
  let step = 0
  while (digits !== 0n && digits % 1000n === 0n && step < decimal.length - 1) {
    digits /= 1000n
    step += 1
  }
  return digits === 0n ? '0' : `${minus}${digits}${decimal[step] ?? ''}`
}
