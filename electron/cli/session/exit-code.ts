/** What the terminal host ends with; documented in `--help` and in docs/terminal.md. */
export const exitCodes = {
  done: 0,
  fault: 1,
  usage: 2,
  held: 3,
  approval: 4,
  preflight: 5,
  interrupted: 130,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
