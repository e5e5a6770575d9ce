export function passSignals(
  child: { kill(signal: string): unknown },
  machine: { readonly platform: string; on(signal: string, take: () => void): unknown },
  as?: Readonly<Record<string, string>>,
): void
