import type { BrowserContext, CDPSession, Page } from '@playwright/test'
import type { Control, Look } from './probe/seen.ts'
import type { Aim } from './move.ts'

export type Sight = { readonly look: Look; readonly controls: readonly Control[] }

/** One window with the page in it, and the hands on it. */
export type Window = {
  readonly page: Page
  readonly cdp: CDPSession
  /** Lets the page come to rest, its clock so many ms further, and looks at it. See `settle` of the probe. */
  see(ms: number, connects?: boolean): Promise<Sight>
  focus(at: Aim): Promise<boolean>
  goto(url: string): Promise<void>
  reload(): Promise<void>
  close(): Promise<void>
}

export type Address = { readonly url: string; readonly scripts: number }

export async function openWindow(context: BrowserContext, { url, scripts }: Address): Promise<Window> {
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  async function ask<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value as T
  }
  const goto = async (to: string): Promise<void> => {
    // The same address with another fragment is no new page.
    await page.goto('about:blank')
    await page.goto(to, { waitUntil: 'load' })
    await ask(`hands.loaded(${String(scripts)})`)
  }
  await goto(url)
  return {
    page,
    cdp,
    see: (ms, connects = true) =>
      ask(
        `hands.settle(${String(ms)}, ${String(connects)}).then(() => ({ look: hands.look(), controls: hands.controls() }))`,
      ),
    async reload() {
      await page.reload()
      await ask(`hands.loaded(${String(scripts)})`)
    },
    focus: (at) => ask(`hands.focus(${JSON.stringify(at)})`),
    goto,
    close: () => page.close(),
  }
}
