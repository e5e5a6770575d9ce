/** A Chromium of this machine; else Playwright's; else Debian's package, where we may install it. */
export function findChromium(): string | undefined
