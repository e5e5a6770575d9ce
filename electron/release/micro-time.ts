/** Kubernetes' MicroTime wants exactly six digits of a second: three, as toISOString gives, are refused with 422. */
export function microTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('Z', '000Z')
}
