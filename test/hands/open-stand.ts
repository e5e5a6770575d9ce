import { chromium } from '@playwright/test'
import { findChromium } from '../find-chromium.mjs'
import type { Stand } from './run-hands.ts'
import { buildPage, buildProbe } from './serve-page.ts'

/** A browser, and the page of a checkout to be opened in it. */
export async function openStand(checkout: string): Promise<Stand & { close(): Promise<void> }> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('No Chromium was found, and none could be installed.')
  const [page, probe] = [await buildPage(checkout), await buildProbe()]
  // A frame is drawn as soon as there is one to draw: nothing waits for a screen that nobody looks at.
  const args = ['--no-sandbox', '--disable-gpu-vsync', '--disable-frame-rate-limit']
  const browser = await chromium.launch({ executablePath, args })
  return { browser, page, probe, close: () => browser.close() }
}
