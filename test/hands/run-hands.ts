import type { Browser } from '@playwright/test'
import { createDice } from '../simulation/dice.ts'
import { chooseMove, swarmBy } from './choose-move.ts'
import { makeMove } from './hands.ts'
import { invariants } from './invariants.ts'
import type { Move } from './move.ts'
import { openWindow, type Sight, type Window } from './open-window.ts'
import type { Page } from './serve-page.ts'
import type { Violation } from './step.ts'
import { moveWorld } from './world/move-world.ts'
import { createWorld } from './world/world.ts'

export type Stand = { readonly browser: Browser; readonly page: Page; readonly probe: string }
export type Outcome = { readonly moves: readonly Move[]; readonly violations: readonly Violation[] }
export type Plan = { readonly seed: number } & (
  { readonly steps: number } | { readonly moves: readonly Move[] }
)

const stepMs = 100

/** Lets the hands play one run: so many steps by their own choice, or those that are given. Stops at a broken rule. */
export async function runHands(stand: Stand, plan: Plan): Promise<Outcome> {
  const dice = createDice(plan.seed).apart('hands')
  const swarm = swarmBy(dice)
  const world = createWorld(plan.seed)
  const host = await stand.page.serve(world)
  const context = await stand.browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' })
  await context.addInitScript({ content: stand.probe })
  const windows: Window[] = []
  const sights: Sight[] = []
  const judges = Object.entries(invariants).map(([rule, invariant]) => ({ rule, judge: invariant() }))
  const moves: Move[] = []
  const violations: Violation[] = []
  let at = 0

  async function open(): Promise<void> {
    const window = await openWindow(context, host)
    windows.push(window)
    sights.push(await window.see(stepMs))
  }

  /** Whether the window is a fresh one, with nothing before it. */
  async function make(move: Move): Promise<boolean> {
    const window = windows[at]
    const sight = sights[at]
    if (window === undefined || sight === undefined) return true
    switch (move.kind) {
      case 'world':
      case 'answer':
      case 'deliver':
      case 'cut':
        moveWorld(world, move, sight.look.picture.place)
        return false
      case 'window':
        if (windows.length < 2) await open()
        at = (at + 1) % 2
        return true
      case 'reload':
        await window.reload()
        return true
      case 'address':
        // Only in a window of its own: the others go on.
        return false
      default:
        await makeMove(window, sight, move)
        return false
    }
  }

  try {
    await open()
    const count = 'moves' in plan ? plan.moves.length : plan.steps
    for (let n = 0; n < count && violations.length === 0; n++) {
      const before = sights[at]
      if (before === undefined) break
      const move = 'moves' in plan ? plan.moves[n] : chooseMove(dice, swarm, before)
      if (move === undefined) break
      moves.push(move)
      const fresh = await make(move)
      const window = windows[at]
      if (window === undefined) break
      const after = await window.see(move.kind === 'wait' ? move.ms : stepMs)
      sights[at] = after
      const step = { n, move, window: at, fresh, before: fresh ? after : before, after, world }
      for (const { rule, judge } of judges)
        for (const what of judge(step)) violations.push({ rule, step: n, what })
    }
    return { moves, violations }
  } finally {
    await context.close()
    await host.close()
  }
}
