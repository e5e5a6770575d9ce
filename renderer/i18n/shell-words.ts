/** Entries are texts or functions of their values. */
export const shellEn = {} satisfies Record<string, unknown>

export const shellZh: { readonly [K in keyof typeof shellEn]: (typeof shellEn)[K] } = {}
