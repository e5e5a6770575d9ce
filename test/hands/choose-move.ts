import type { Dice } from '../simulation/dice.ts'
import { aim } from './aim.ts'
import { chooseText } from './choose-text.ts'
import { worldActs, type Move, type WorldAct } from './move.ts'
import { chooseErrand, type Errand } from './errands.ts'
import type { Sight } from './open-window.ts'
import type { Control } from './probe/seen.ts'

/**
 * How often each kind of move comes in one run. Drawn anew for each, with many at zero: runs that do a few things often
 * reach what a mixture of everything never reaches (swarm testing, Groce et al. 2012).
 */
type Swarm = {
  readonly kinds: readonly Kind[]
  readonly acts: readonly WorldAct[]
  /** How often the world moves rather than the hands. */
  readonly world: number
}

const weights = {
  click: 14,
  hold: 3,
  key: 4,
  fill: 6,
  empty: 2,
  choose: 2,
  drag: 3,
  drop: 1,
  wheel: 1,
  beside: 1,
  size: 1,
  wait: 2,
  window: 1,
  reload: 1,
  address: 1,
} as const
type Kind = keyof typeof weights

function swarmBy(dice: Dice): Swarm {
  const always: readonly Kind[] = ['click', 'fill', 'wait']
  const kinds = (Object.keys(weights) as Kind[]).filter((kind) => always.includes(kind) || dice.chance(0.6))
  const acts = worldActs.filter(() => dice.chance(0.4))
  return {
    kinds: kinds.flatMap((kind) => Array<Kind>(weights[kind]).fill(kind)),
    acts: acts.length === 0 ? ['move-on'] : acts,
    world: dice.pick([0.05, 0.15, 0.3]),
  }
}

const keys = [
  'Enter',
  'Escape',
  'Tab',
  'Control+Enter',
  'Control+Backspace',
  'Control+k',
  'ArrowDown',
  'ArrowUp',
  'ArrowRight',
  'p',
  'r',
  '/',
  'F6',
] as const

/** What moves next: the world, or the hands on an errand, or the hands for no reason. */
export function createChooser(dice: Dice): (sight: Sight) => Move {
  const swarm = swarmBy(dice)
  let errand: Errand = []
  return (sight) => {
    if (errand.length === 0 && dice.chance(0.35)) errand = chooseErrand(dice)
    while (errand.length > 0 && dice.chance(0.85)) {
      const [next, ...rest] = errand
      errand = rest
      const move = next?.(sight)
      if (move !== undefined) return move
    }
    return chooseMove(dice, swarm, sight)
  }
}

/** A move by what stands on the screen. */
function chooseMove(dice: Dice, swarm: Swarm, sight: Sight): Move {
  if (dice.chance(swarm.world)) return worldMove(dice, swarm)
  const kind = dice.anyOf(swarm.kinds) ?? 'click'
  const controls = sight.controls
  switch (kind) {
    case 'click': {
      const on = chooseControl(dice, controls)
      if (on === undefined) return { kind: 'key', key: 'Escape' }
      const button = dice.chance(0.03) ? 'right' : 'left'
      return { kind: 'click', at: aim(controls, on), button, times: dice.chance(0.05) ? 2 : 1 }
    }
    case 'hold': {
      const on = dice.anyOf(controls.filter((one) => one.enabled && one.role !== 'field'))
      if (on === undefined) return { kind: 'key', key: 'Escape' }
      return {
        kind: 'hold',
        at: aim(controls, on),
        key: dice.pick(['Enter', 'Enter', ' ', 'ArrowRight']),
        repeats: 4,
      }
    }
    case 'key':
      return { kind: 'key', key: dice.pick(keys) }
    case 'fill': {
      const on = dice.anyOf(controls.filter(takesText))
      if (on === undefined) return { kind: 'wait', ms: 400 }
      const text = chooseText(dice, on)
      return {
        kind: 'fill',
        at: aim(controls, on),
        text,
        by: text.length > 20 || dice.chance(0.5) ? 'pasting' : 'typing',
      }
    }
    case 'empty': {
      const on = dice.anyOf(controls.filter(takesText))
      return on === undefined ? { kind: 'wait', ms: 400 } : { kind: 'empty', at: aim(controls, on) }
    }
    case 'choose': {
      const on = dice.anyOf(controls.filter((one) => one.role === 'select'))
      if (on === undefined) return { kind: 'wait', ms: 400 }
      return { kind: 'choose', at: aim(controls, on), key: dice.pick(['ArrowDown', 'ArrowUp']) }
    }
    case 'drag': {
      const on = dice.anyOf(controls.filter((one) => one.role === 'slider' || one.role === 'range'))
      if (on === undefined) return { kind: 'wheel', by: 200 }
      const button = dice.chance(0.25) ? 'right' : 'left'
      return { kind: 'drag', at: aim(controls, on), by: dice.pick([-300, -40, 30, 120, 600]), button }
    }
    case 'drop':
      return { kind: 'drop', what: dice.pick(['kubeconfig', 'broken', 'folder', 'several', 'huge']) }
    case 'wheel':
      return { kind: 'wheel', by: dice.pick([-400, 300, 900]) }
    case 'beside':
      return { kind: 'beside' }
    case 'size':
      return {
        kind: 'size',
        width: dice.pick([1440, 1100, 900, 2200]),
        height: dice.pick([900, 700, 1300]),
        scale: dice.pick([1, 1.25, 2]),
      }
    case 'wait':
      return { kind: 'wait', ms: dice.pick([100, 400, 400, 6_000, 60_000]) }
    case 'window':
      return { kind: 'window' }
    case 'reload':
      return { kind: 'reload' }
    case 'address':
      return { kind: 'address', what: dice.pick(['bare', 'old']) }
  }
}

const areaWeights = { dialog: 4, panel: 6, main: 3, sidebar: 2, rail: 1, title: 1, other: 1 } as const

/** More often where something is decided, and what is not so already. */
function chooseControl(dice: Dice, controls: readonly Control[]): Control | undefined {
  const open = controls.filter((one) => one.enabled)
  return dice.anyOf(open.flatMap((one) => Array<Control>(one.current ? 1 : areaWeights[one.area]).fill(one)))
}

function takesText(control: Control): boolean {
  return (
    control.enabled &&
    (control.role === 'field' || control.role === 'textarea' || control.role === 'combobox')
  )
}

function worldMove(dice: Dice, { acts }: Swarm): Move {
  switch (dice.below(10)) {
    case 0:
    case 1:
      return {
        kind: 'answer',
        manner: dice.pick(['late', 'late', 'late-refused', 'refused', 'lost', 'now']),
        times: 1 + dice.below(3),
      }
    case 2:
    case 3:
      return { kind: 'deliver', index: dice.below(3) }
    case 4:
      return dice.chance(0.3) ? { kind: 'cut' } : { kind: 'deliver', index: 0 }
    default:
      return {
        kind: 'world',
        act: dice.anyOf(acts) ?? 'move-on',
        place: dice.chance(0.8)
          ? 'shown'
          : { cluster: dice.below(5), namespace: dice.below(2), service: dice.below(3) },
        batch: dice.below(12),
        number: dice.pick([0, 0, 1, 2, 7, 40, 2_000, 999_999_999]),
      }
  }
}
