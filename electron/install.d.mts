/** Builds the page, if any of its sources is newer than the last build. */
export function buildPage(node: string): void
