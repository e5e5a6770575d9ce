import { checkEn } from '../../shared/preflight/check-words-en.ts'
import { checkZh } from '../../shared/preflight/check-words-zh.ts'
import { faultEn, faultZh } from '../../shared/words/fault-words.ts'
import { aboutEn, aboutZh } from './about-words.ts'
import { changeEn, changeZh } from './change-words.ts'
import { clusterEn, clusterZh } from './cluster-words.ts'
import { connectionEn, connectionZh } from './connection-words.ts'
import { draftChangesEn, draftChangesZh } from './draft-changes-words.ts'
import { forwardEn, forwardZh } from './forward-words.ts'
import { historyEn, historyZh } from './history-words.ts'
import { incidentEn, incidentZh } from './incident-words.ts'
import type { Language } from './language.ts'
import { doctorPageEn, doctorPageZh } from './doctor-words.ts'
import { kubeconfigEn, kubeconfigZh } from './kubeconfig-words.ts'
import { noteEn, noteZh } from './note-words.ts'
import { pipelineEn, pipelineZh } from './pipeline-words.ts'
import { planEn, planZh } from './plan-words.ts'
import { productionEn, productionZh } from './production-words.ts'
import { releaseEn, releaseZh } from './release-words.ts'
import { rightsEn, rightsZh } from './rights-words.ts'
import { shellEn, shellZh } from './shell-words.ts'
import { timelineEn, timelineZh } from './timeline-words.ts'
import { trainingEn, trainingZh } from './training-words.ts'

/** Every text of the page. A key that is missing in one language does not compile. */
export const words = {
  en: {
    shell: shellEn,
    release: releaseEn,
    change: changeEn,
    plan: planEn,
    pipeline: pipelineEn,
    cluster: clusterEn,
    connection: connectionEn,
    timeline: timelineEn,
    training: trainingEn,
    production: productionEn,
    kubeconfig: kubeconfigEn,
    rights: rightsEn,
    doctorPage: doctorPageEn,
    about: aboutEn,
    fault: faultEn,
    check: checkEn,
    history: historyEn,
    incident: incidentEn,
    draftChanges: draftChangesEn,
    note: noteEn,
    forward: forwardEn,
  },
  zh: {
    shell: shellZh,
    release: releaseZh,
    change: changeZh,
    plan: planZh,
    pipeline: pipelineZh,
    cluster: clusterZh,
    connection: connectionZh,
    timeline: timelineZh,
    training: trainingZh,
    production: productionZh,
    kubeconfig: kubeconfigZh,
    rights: rightsZh,
    doctorPage: doctorPageZh,
    about: aboutZh,
    fault: faultZh,
    check: checkZh,
    history: historyZh,
    incident: incidentZh,
    draftChanges: draftChangesZh,
    note: noteZh,
    forward: forwardZh,
  },
} as const satisfies Record<Language, unknown>

/** Both languages fit this: where one has fixed texts, it asks for a text only. */
export type Words = (typeof words)['en' | 'zh']
