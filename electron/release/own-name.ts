/** One object per Service. Long names keep their end, where they differ, and get a number of their own. */
export function ownName(prefix: string, service: string): string {
  const name = `${prefix}-${service}`
  if (name.length <= 63) return name
  let hash = 0
  for (const letter of service) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0
  return `${prefix}-${hash.toString(36)}-${service.slice(-45)}`
}
