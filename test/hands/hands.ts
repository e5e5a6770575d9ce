import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Aim, Dropped, HandMove } from './move.ts'
import type { Sight, Window } from './open-window.ts'
import type { Control } from './probe/seen.ts'

/** Those that are about a window that is there, not about windows. */
export type OnWindow = Exclude<HandMove, { kind: 'window' | 'reload' | 'address' }>

export function find(sight: Sight, at: Aim): Control | undefined {
  return sight.controls.filter((one) => one.role === at.role && one.name === at.name)[at.nth]
}

/** Moves the mouse and the keys, as the browser gets them from a person. Says whether there was anything to move on. */
export async function makeMove(window: Window, sight: Sight, move: OnWindow): Promise<boolean> {
  const { page } = window
  switch (move.kind) {
    case 'click': {
      const on = find(sight, move.at)
      if (on === undefined) return false
      await page.mouse.click(on.x, on.y, { button: move.button, clickCount: move.times })
      return true
    }
    case 'hold':
      if (!(await window.focus(move.at))) return false
      for (let times = 0; times <= move.repeats; times++) await page.keyboard.down(move.key)
      await page.keyboard.up(move.key)
      return true
    case 'key':
      await page.keyboard.press(move.key)
      return true
    case 'fill':
    case 'empty': {
      const on = find(sight, move.at)
      if (on === undefined) return false
      await page.mouse.click(on.x, on.y)
      await page.keyboard.press('Control+A')
      if (move.kind === 'empty') await page.keyboard.press('Delete')
      else if (move.by === 'pasting') await page.keyboard.insertText(move.text)
      else await page.keyboard.type(move.text)
      return true
    }
    case 'choose':
      if (!(await window.focus(move.at))) return false
      await page.keyboard.press(move.key)
      return true
    case 'drag': {
      const on = find(sight, move.at)
      if (on === undefined) return false
      await page.mouse.move(on.x, on.y)
      await page.mouse.down({ button: move.button })
      await page.mouse.move(on.x + move.by / 2, on.y, { steps: 2 })
      await page.mouse.move(on.x + move.by, on.y)
      await page.mouse.up({ button: move.button })
      return true
    }
    case 'drop':
      await drop(window, move.what)
      return true
    case 'wheel':
      await page.mouse.wheel(0, move.by)
      return true
    case 'beside':
      await page.mouse.click(4, 4)
      return true
    case 'size': {
      const { width, height, scale } = move
      await window.cdp.send('Emulation.setDeviceMetricsOverride', {
        width,
        height,
        deviceScaleFactor: scale,
        mobile: false,
      })
      return true
    }
    case 'wait':
      return true
  }
}

let folder: string | undefined

function filesOf(what: Dropped): readonly string[] {
  folder ??= filled()
  const at = (name: string): string => join(folder ?? '', name)
  switch (what) {
    case 'kubeconfig':
      return [at('east.yaml')]
    case 'broken':
      return [at('broken.yaml')]
    case 'folder':
      return [at('east.yaml'), at('folder')]
    case 'several':
      return [at('east.yaml'), at('west.yaml'), at('broken.yaml')]
    case 'huge':
      return [at('huge.yaml')]
  }
}

function filled(): string {
  const own = mkdtempSync(join(tmpdir(), 'tranche-hands-'))
  mkdirSync(join(own, 'folder'))
  for (const name of ['east', 'west'])
    writeFileSync(join(own, `${name}.yaml`), `# ${name}\napiVersion: v1\nkind: Config\n`)
  writeFileSync(join(own, 'broken.yaml'), 'broken: [')
  writeFileSync(join(own, 'huge.yaml'), `apiVersion: v1\nkind: Config\n# ${'x'.repeat(2_000_000)}\n`)
  return own
}

/** A file is passed on and read by other processes of the browser, which take their time: until then nothing can be said. */
const untilRead = `new Promise((resolve) => {
  addEventListener('drop', ({ dataTransfer }) => {
    const files = [...dataTransfer.files]
    const read = () => Promise.all(files.map((one) => one.arrayBuffer().catch(() => undefined)))
    // What the page has begun to read meanwhile has been read when the second time is over.
    void read().then(read).then(() => resolve(true))
  }, { once: true, capture: true })
})`
const longestDropMs = 5_000

async function drop({ cdp }: Window, what: Dropped): Promise<void> {
  const data = { items: [], files: [...filesOf(what)], dragOperationsMask: 1 }
  const dropped = cdp.send('Runtime.evaluate', { expression: untilRead, awaitPromise: true })
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await cdp.send('Input.dispatchDragEvent', { type, x: 700, y: 400, data })
  await Promise.race([dropped, setTimeout(longestDropMs, undefined, { ref: false })])
}
