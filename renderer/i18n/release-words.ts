/** Entries are texts or functions of their values. */
export const releaseEn = {} satisfies Record<string, unknown>

export const releaseZh: { readonly [K in keyof typeof releaseEn]: (typeof releaseEn)[K] } = {}
