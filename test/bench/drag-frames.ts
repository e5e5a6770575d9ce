import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { build, preview } from 'vite'
import type { JsonObject } from '../../electron/training/objects/json.ts'
import { findChromium } from '../find-chromium.mjs'
import { builtPage } from '../visual/vite-options.ts'
import { percentile, rounded } from './statistics.ts'

const rounds = 3
const batches = 12
const dragMs = 3_000
/** As often as a good mouse tells of itself: oftener than a frame is drawn. */
const moves = 400

/** Milliseconds between one frame and the next, for as long as the hands move. */
type Frames = readonly number[]

/** How evenly the page is drawn while a size is dragged among 12 batches, against the same page at rest, turn by turn. */
export async function dragFrames(): Promise<JsonObject> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('No Chromium was found, and none could be installed.')
  const outDir = mkdtempSync(join(tmpdir(), 'tranche-drag-frames-'))
  const own = { ...builtPage, build: { ...builtPage.build, outDir } }
  await build(own)
  const server = await preview(own)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(`${server.resolvedUrls?.local[0] ?? ''}?state=twelve-plan&lang=en&theme=light`)
    await page.locator('.window').waitFor()
    const rest: number[] = []
    const dragging: number[] = []
    for (let round = 0; round < rounds; round++) {
      rest.push(...(await framesWhile(page, () => page.waitForTimeout(dragMs))))
      dragging.push(...(await framesWhile(page, () => drag(page))))
    }
    const [atRest, whileDragging] = [perSecond(rest), perSecond(dragging)]
    return {
      bench: 'drag-frames',
      rounds,
      batches,
      ratio: rounded(whileDragging / atRest, 3),
      frames_per_second: rounded(whileDragging),
      frames_per_second_at_rest: rounded(atRest),
      frame_ms_p95: rounded(percentile(dragging, 0.95)),
      frame_ms_p95_at_rest: rounded(percentile(rest, 0.95)),
      frame_ms_worst: rounded(Math.max(...dragging)),
    }
  } finally {
    await browser.close()
    await server.close()
    rmSync(outDir, { recursive: true, force: true })
  }
}

function perSecond(frames: Frames): number {
  return (1_000 * frames.length) / frames.reduce((sum, one) => sum + one, 0)
}

async function framesWhile(page: Page, act: () => Promise<void>): Promise<Frames> {
  const counting = page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const found: number[] = []
        let last = performance.now()
        let goesOn = true
        addEventListener('end-of-round', () => (goesOn = false), { once: true })
        requestAnimationFrame(function next(now) {
          found.push(now - last)
          last = now
          if (goesOn) requestAnimationFrame(next)
          else resolve(found)
        })
      }),
  )
  const acting = act().finally(() => page.evaluate(() => dispatchEvent(new Event('end-of-round'))))
  const [frames] = await Promise.all([counting, acting])
  // The first one began before the round.
  return frames.slice(1)
}

/** To and fro with the divider of two batches in the middle: every move changes the sizes of both. */
async function drag(page: Page): Promise<void> {
  const slider = page.getByRole('slider', { name: 'Between batch 8 and batch 9' })
  const box = await slider.boundingBox()
  if (box === null) throw new Error('There is no slider to be dragged.')
  const before = await slider.getAttribute('aria-valuenow')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  const began = performance.now()
  for (let move = 0; move < moves; move++) {
    await page.mouse.move(x + 40 * Math.sin(move / 12), y)
    const rest = began + (dragMs * move) / moves - performance.now()
    if (rest > 0) await page.waitForTimeout(rest)
  }
  if ((await slider.getAttribute('aria-valuenow')) === before) throw new Error('Nothing was dragged.')
  await page.mouse.move(x, y)
  await page.mouse.up()
}
