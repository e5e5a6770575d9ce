import { spawn } from 'node:child_process'

/** Starts a program that lives on without us. That there is none is no fault of ours, and ends nothing. */
export function spawnDetached(program: string, args: readonly string[]): void {
  spawn(program, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref()
}
