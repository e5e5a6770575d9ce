/** Entries are texts or functions of their values. */
export const pipelineEn = {} satisfies Record<string, unknown>

export const pipelineZh: { readonly [K in keyof typeof pipelineEn]: (typeof pipelineEn)[K] } = {}
