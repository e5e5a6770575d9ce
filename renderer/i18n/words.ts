import { pipelineEn, pipelineZh } from './pipeline-words.ts'
import { releaseEn, releaseZh } from './release-words.ts'
import { shellEn, shellZh } from './shell-words.ts'
import type { Language } from './language.ts'

/** Every text of the page. A key that is missing in one language does not compile. */
export const words = {
  en: { shell: shellEn, release: releaseEn, pipeline: pipelineEn },
  zh: { shell: shellZh, release: releaseZh, pipeline: pipelineZh },
} as const satisfies Record<Language, unknown>

export type Words = (typeof words)['en']
