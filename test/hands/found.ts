import type { Aim, Move } from './move.ts'

export type Found = {
  /** What holds since. */
  readonly name: string
  readonly seed: number
  readonly moves: readonly Move[]
}

const button = (name: string): Aim => ({ role: 'button', name, nth: 0 })
const field = (name: string): Aim => ({ role: 'field', name, nth: 0 })
const click = (at: Aim): Move => ({ kind: 'click', at, button: 'left', times: 1 })
const paste = (at: Aim, text: string): Move => ({ kind: 'fill', at, text, by: 'pasting' })
const world = (act: Extract<Move, { kind: 'world' }>['act'], batch = 0, number = 0): Move => ({
  kind: 'world',
  act,
  place: 'shown',
  batch,
  number,
})
const open = click(button('demo-httpReady4 batches'))
const late: Move = { kind: 'answer', manner: 'late', times: 1 }
const openSingle = click(button('notifyReady1 batch'))

/** Runs in which a rule was broken once, cut down to the moves that mattered. They are played before any others. */
export const found: readonly Found[] = [
  {
    name: 'two batches without a pod, and one more for the first of them',
    seed: 1,
    moves: [open, world('scale', 0), world('scale', 1), click(button('Batch 1: one pod more'))],
  },
  {
    name: 'a size that no picture can draw',
    seed: 1,
    moves: [openSingle, paste(field('Batch 1 pods'), '999999999')],
  },
  {
    name: 'a held Enter on the button that asks whether to stop',
    seed: 1,
    moves: [
      open,
      world('start'),
      click(button('Stop the release…')),
      { kind: 'key', key: 'Escape' },
      { kind: 'hold', at: button('Stop the release…'), key: 'Enter', repeats: 5 },
    ],
  },
  {
    name: 'the open Service is chosen again over a draft',
    seed: 1,
    moves: [open, paste(field('New tag'), 'v2'), click(button('demo-httpDraft4 batches'))],
  },
  {
    name: 'a kubeconfig of more than a megabyte is pasted',
    seed: 1,
    moves: [
      click(button('Add kubeconfigs')),
      paste(
        { role: 'textarea', name: 'Kubeconfig text', nth: 0 },
        `apiVersion: v1\n# ${'x'.repeat(1_200_000)}\n`,
      ),
      click(button('Look at it')),
    ],
  },
  {
    name: 'the screen gets more pixels under a picture',
    seed: 1,
    moves: [open, { kind: 'size', width: 1440, height: 900, scale: 2 }],
  },
  {
    name: 'a folder is dropped beside a kubeconfig',
    seed: 1,
    moves: [{ kind: 'drop', what: 'folder' }],
  },
  {
    name: 'the right button on a divider',
    seed: 1,
    moves: [
      open,
      {
        kind: 'drag',
        at: { role: 'slider', name: 'Between batch 2 and batch 3', nth: 0 },
        by: 120,
        button: 'right',
      },
    ],
  },
  {
    name: 'a size field is emptied',
    seed: 1,
    moves: [open, { kind: 'empty', at: field('Batch 2 pods') }],
  },
  {
    name: 'Ctrl+Enter in a size field whose number was not taken',
    seed: 1,
    moves: [
      open,
      paste(field('Batch 2 pods'), '9'),
      paste(field('Batch 3 pods'), '0'),
      { kind: 'wait', ms: 400 },
      { kind: 'key', key: 'Control+Enter' },
    ],
  },
  {
    name: 'another Service is looked at before a typed namespace is known',
    seed: 1,
    moves: [
      open,
      { kind: 'choose', at: { role: 'select', name: 'Namespace', nth: 0 }, key: 'End' },
      paste(field('Name of the namespace'), 'payments'),
      late,
      { kind: 'key', key: 'Enter' },
      openSingle,
      { kind: 'deliver', index: 0 },
    ],
  },
  {
    name: 'a cluster is connected by somebody else before connecting it is refused',
    seed: 1,
    moves: [
      click(button('LAlab, not connected')),
      { kind: 'answer', manner: 'late-refused', times: 1 },
      click(button('Connect')),
      {
        kind: 'world',
        act: 'switch-off',
        place: { cluster: 3, namespace: 0, service: 0 },
        batch: 0,
        number: 0,
      },
      { kind: 'deliver', index: 0 },
    ],
  },
  {
    name: 'another release begins while the plan of one is changed',
    seed: 1,
    moves: [
      open,
      world('start'),
      click(button('Change plan…')),
      world('start'),
      paste(field('Pods of batch 2 that may be missing'), '1'),
      click(button('Apply the new plan')),
    ],
  },
  {
    name: 'a Deployment may be short of more pods than it has',
    seed: 1,
    moves: [open, world('start'), world('surge', 0, 3_000)],
  },
  {
    name: 'a holder is asked to pause, and may be asked to stop before that is answered',
    seed: 1,
    moves: [
      open,
      world('start'),
      world('driver', 0, 1),
      late,
      click(button('Ask wang.fang to pause')),
      world('start'),
      world('driver', 0, 1),
    ],
  },
]
