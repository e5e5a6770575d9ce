/** How long changes to a production cluster stay switched on. */
export const unlockedMs = 15 * 60_000

const word =
  /(?:^|[^\p{L}\p{N}])(?:(non|not|no|pre)[^\p{L}\p{N}]*)?(prod|production|prd|live)\d*(?![\p{L}\p{N}])/giu
const chinese = /生产|线上/

/** Whether a context's name, or that of its file, says that it is production. */
export function isProductionByName(context: { readonly name: string; readonly file: string }): boolean {
  return looksLikeProduction(context.name) || looksLikeProduction(context.file.split(/[\\/]/).at(-1) ?? '')
}

/** Whether a name says that a cluster is production: `gov-prod`, `prd1.eu`, `live`; not `product`, `delivery` or `pre-prod`. */
export function looksLikeProduction(name: string): boolean {
  if (chinese.test(name)) return true
  return [...name.matchAll(word)].some(([, not]) => not === undefined)
}
