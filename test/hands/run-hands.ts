import type { Browser } from '@playwright/test'
import { createDice } from '../simulation/dice.ts'
import { createChooser } from './choose-move.ts'
import { makeMove } from './hands.ts'
import { invariants } from './invariants.ts'
import type { Move } from './move.ts'
import { openWindow, type Sight, type Window } from './open-window.ts'
import type { Page } from './serve-page.ts'
import { isExpected } from './expected-failures.ts'
import type { Step, Violation } from './step.ts'
import { moveWorld } from './world/move-world.ts'
import { createWorld } from './world/world.ts'

export type Stand = { readonly browser: Browser; readonly page: Page; readonly probe: string }
export type Outcome = { readonly moves: readonly Move[]; readonly violations: readonly Violation[] }
export type Plan = {
  readonly seed: number
  /** Goes on after a broken rule, in a fresh page where it has broken down. */
  readonly all?: boolean
  /** Over the real application with its training cluster: only the hands move then. */
  readonly real?: boolean
} & ({ readonly steps: number } | { readonly moves: readonly Move[] })

/** As long as it takes until hands that are still are asked about: a draft is checked by then. */
const stepMs = 400

/** A lost connection is there again while nobody does anything: what then comes in is none of their doing. */
function isPatient({ kind }: Move): boolean {
  return kind === 'wait' || kind === 'world' || kind === 'answer' || kind === 'deliver'
}

/** Lets the hands play one run: so many steps by their own choice, or those that are given. Stops at a broken rule. */
export async function runHands(
  stand: Stand,
  plan: Plan,
  tell: (step: Step) => void = () => undefined,
): Promise<Outcome> {
  const dice = createDice(plan.seed).apart('hands')
  const choose = createChooser(dice)
  const world = createWorld(plan.seed)
  if (plan.real === true) world.clusters.length = 0
  const host = await (plan.real === true ? stand.page.serveReal() : stand.page.serve(world))
  const context = await stand.browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    reducedMotion: 'reduce',
  })
  await context.grantPermissions(['notifications'])
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

  /** A window of its own at an address that lets nobody in: the others go on. */
  async function strangerAt(what: 'bare' | 'old'): Promise<Sight> {
    const url = what === 'bare' ? host.bare : `${host.bare}#k=${'A'.repeat(43)}`
    const window = await openWindow(context, { url, scripts: 0 })
    for (let times = 0; times < 3; times++) await window.see(6_000)
    const sight = await window.see(6_000)
    await window.close()
    return sight
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
        return true
      default:
        await makeMove(window, sight, move)
        return false
    }
  }

  try {
    await open()
    const count = 'moves' in plan ? plan.moves.length : plan.steps
    for (let n = 0; n < count && (plan.all === true || violations.every(isExpected)); n++) {
      const before = sights[at]
      if (before === undefined) break
      const move = 'moves' in plan ? plan.moves[n] : choose(before)
      if (move === undefined) break
      moves.push(move)
      const fresh = await make(move)
      const window = windows[at]
      if (window === undefined) break
      const after =
        move.kind === 'address'
          ? await strangerAt(move.what)
          : await window.see(move.kind === 'wait' ? move.ms : stepMs, fresh || isPatient(move))
      if (move.kind !== 'address') sights[at] = after
      const step = { n, move, window: at, fresh, before: fresh ? after : before, after, world }
      tell(step)
      for (const { rule, judge } of judges)
        for (const what of judge(step)) violations.push({ rule, step: n, what })
      if (plan.all === true && after.look.broken.length > 0) {
        await window.reload()
        sights[at] = await window.see(stepMs)
      }
    }
    return { moves, violations }
  } finally {
    await context.close()
    await host.close()
  }
}
