import type { FaultSentence } from '../../fault-sentence.ts'
import type { Language } from '../../language.ts'
import type { Fault } from '../../fault.ts'
import type { FaultTable, Say } from './fault-words-table.ts'
import { appFaults } from './app-faults.ts'
import { offFaults } from './off-faults.ts'
import { releaseFaults } from './release-faults.ts'
import { templateProblemEn, templateProblemZh } from '../template-problem-words.ts'
import { connectionFaults } from './connection-faults.ts'
import { signInFaults } from './sign-in-faults.ts'
import { kubeconfigFaults } from './kubeconfig-faults.ts'

export const faultTable: FaultTable<FaultSentence> = {
  ...appFaults,
  ...connectionFaults,
  ...kubeconfigFaults,
  ...offFaults,
  ...releaseFaults,
  ...signInFaults,
  'template-problem': {
    en: ({ problem }) => templateProblemEn(problem),
    zh: ({ problem }) => templateProblemZh(problem),
  },
  'choice-forgotten': {
    en: ({ batch, says }, inner) =>
      `What was chosen for ${batch} is known to nobody any more: ${inner(says)}`,
    zh: ({ batch, says }, inner) => `为 ${batch} 选择的内容已无从得知：${inner(says)}`,
  },
  'without-lock': {
    en: ({ says }, inner) =>
      `Without the lock nobody else is kept from releasing at the same time, and the journal is on this machine only: a colleague can't see or take over the release. Start it without the lock, or ask for the right: ${inner(says)}`,
    zh: ({ says }, inner) =>
      `没有锁就无法阻止他人同时发布，发布记录也只保存在本机：同事无法查看或接管此发布。可以在无锁的情况下开始，或申请该权限：${inner(says)}`,
  },
  'port-forward-right': {
    en: ({ says }, inner) =>
      `${inner(says).trim()} To forward a port takes the rights to get and to create pods/portforward.`,
    zh: ({ says }, inner) => `${inner(says).trim()} 转发端口需要对 pods/portforward 的 get 和 create 权限。`,
  },
  'of-kind': {
    en: ({ of, says }, inner) => `${of}: ${inner(says)}`,
    zh: ({ of, says }, inner) => `${of}：${inner(says)}`,
  },
  noted: {
    en: ({ note, says }, inner) => `${inner(note)} ${inner(says)}`,
    zh: ({ note, says }, inner) => `${inner(note)}${inner(says)}`,
  },
  'policy-unreadable': {
    en: ({ file, command, says }, inner) =>
      `${file} could not be read (${inner(says)}), so it is not known whether ${command} is allowed.`,
    zh: ({ file, command, says }, inner) =>
      `无法读取 ${file}（${inner(says)}），因此不知道是否允许运行 ${command}。`,
  },
  'of-batch': {
    en: ({ batch, says }, inner) => `${batch}: ${inner(says)}`,
    zh: ({ batch, says }, inner) => `${batch}：${inner(says)}`,
  },
  'at-path': {
    en: ({ path, says }, inner) => `${path}: ${inner(says)}`,
    zh: ({ path, says }, inner) => `${path}：${inner(says)}`,
  },
  words: { en: ({ words }) => words, zh: ({ words }) => words },
}

/** One sentence about what did not work, for page, terminal and log. */
export function sayFaultSentence(sentence: FaultSentence, language: Language): string {
  // The table is indexed by the very kind that its entry takes; the compiler can't follow that through a union.
  const say = faultTable[sentence.kind][language] as Say<FaultSentence>
  return typeof say === 'string' ? say : say(sentence, (inner) => sayFaultSentence(inner, language))
}

/** Why something is not so, where anybody knows. */
export function whyText(why: FaultSentence | undefined, language: Language): string {
  return why === undefined ? '' : sayFaultSentence(why, language)
}

/** What a fault says beside its kind: our sentence, or the words of whoever refused. */
export function faultText({ sentence, message }: Fault, language: Language): string {
  return sentence === undefined ? message : sayFaultSentence(sentence, language)
}
