import type { Probe } from '../objects/objects.ts'

const firstBackOffMs = 10_000
const longestBackOffMs = 300_000

/** 10 s, doubled with each failure, at most 5 minutes: for pulls and for restarts. */
export function backOffMs(failures: number): number {
  return Math.min(longestBackOffMs, firstBackOffMs * 2 ** Math.min(failures, 10))
}

export function durationText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`
}

/** What containerd says about an image that the registry does not have. */
export function pullFailure(image: string): string {
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`
}

export function unhealthyText(which: 'Readiness' | 'Startup', probe: Probe, podIp: string): string {
  if (probe.httpGet !== undefined) return `${which} probe failed: HTTP probe failed with statuscode: 503`
  const { port = 0 } = probe.tcpSocket ?? {}
  return `${which} probe failed: dial tcp ${podIp}:${port}: connect: connection refused`
}
