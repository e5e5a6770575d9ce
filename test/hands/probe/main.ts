import { watchListeners } from './alive.ts'
import { nameOf, textOf } from './areas.ts'
import { controlsNow, elementsNow, roleOf } from './controls.ts'
import { pictureNow } from './picture.ts'
import { watchPresses } from './presses.ts'
import type { Control, Look, Seen } from './seen.ts'
import { takeTimers } from './timers.ts'
import { tapWire } from './wire.ts'

/** What the test asks of the page; it stands in `window.hands`. */
export type Probe = {
  settle(ms: number, connects: boolean): Promise<void>
  look(): Look
  loaded(scripts: number): Promise<void>
  /** As the Tab key would, however many presses away it is. */
  focus(wanted: Wanted): boolean
  controls(): readonly Control[]
}

export type Wanted = { readonly role: string; readonly name: string; readonly nth: number }

const seen: Seen[] = []
let told = 0
const note = (one: Seen): void => {
  told++
  seen.push(one)
}
const alive = watchListeners()
const timers = takeTimers(window)
const presses = watchPresses((press) => note({ kind: 'press', press }))
const wire = tapWire(() => presses, note, turn)
let changes = 0

window.addEventListener('error', (event) => note({ kind: 'error', text: event.message }))
window.addEventListener('unhandledrejection', (event) =>
  note({ kind: 'error', text: `unhandled rejection: ${String(event.reason)}` }),
)
new MutationObserver((records) => {
  changes += records.length
}).observe(document, { subtree: true, childList: true, characterData: true, attributes: true })

const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()))

/** Whatever waits for its turn has had it. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage('')
  })
}

const mostRounds = 8
/** Whatever a press does has to be seen by then. */
const soonMs = 100
let soon = 0

/**
 * Lets the page finish: what was sent is answered, what was answered is drawn, and nothing more comes of it. `connects`:
 * a connection that was made anew is there from now on.
 */
async function settle(ms: number, connects: boolean): Promise<void> {
  alive.tellMedia()
  await wire.settled()
  if (connects) await wire.letIn()
  await wire.settled()
  await rest(Math.min(ms, soonMs))
  soon = changes
  if (ms > soonMs) await rest(ms - soonMs)
  // What is measured and painted comes with a frame, and may ask for more, which comes with the next one.
  await frame()
  await rest(0)
  await frame()
  await rest(0)
  await wire.settled()
}

async function rest(ms: number): Promise<void> {
  await wire.reached()
  timers.advance(ms)
  for (let round = 0; round < mostRounds; round++) {
    const before = `${String(changes)} ${String(told)}`
    await turn()
    await wire.reached()
    if (`${String(changes)} ${String(told)}` === before) return
  }
}

/** Everything that the page loads when it has nothing else to do is there. */
async function loaded(scripts: number): Promise<void> {
  const count = (): number =>
    performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.js')).length
  while (count() < scripts) await frame()
}

/** FNV-1a of all that is drawn outside dialogs. */
function signNow(): number {
  const { lang, dataset } = document.documentElement
  const parts = [...document.querySelectorAll('.window > :not(dialog)')].map((one) => one.outerHTML)
  const all = `${lang} ${JSON.stringify(dataset)} ${parts.join('')}`
  let value = 0x811c9dc5
  for (let at = 0; at < all.length; at++) value = Math.imul(value ^ all.charCodeAt(at), 0x01000193)
  return value >>> 0
}

function look(): Look {
  const own = seen.splice(0)
  const held = timers.count()
  return {
    seen: own,
    picture: pictureNow(),
    text: (document.querySelector('#root')?.textContent ?? '').replace(/\s+/g, ' '),
    sign: signNow(),
    changes,
    soon,
    broken: [...document.querySelectorAll('.broken')].map(textOf),
    canvases: [...document.querySelectorAll('canvas')].map((canvas) => ({
      label: canvas.getAttribute('aria-label') ?? '',
      have: canvas.width,
      need: Math.round(parseFloat(canvas.style.width) * devicePixelRatio),
    })),
    alive: {
      listeners: alive.listeners(),
      repeating: held.repeating,
      once: held.once,
      subscriptions: wire.subscriptions(),
      elements: document.querySelectorAll('*').length,
    },
    scale: devicePixelRatio,
  }
}

function focus({ role, name, nth }: Wanted): boolean {
  const element = elementsNow().filter((one) => roleOf(one) === role && nameOf(one) === name)[nth]
  element?.focus()
  return element !== undefined
}

const probe: Probe = { settle, loaded, look, focus, controls: controlsNow }
Object.assign(window, { hands: probe })
