import type { Arguments } from '../arguments/command-description.ts'
import type { UsageProblem } from '../arguments/usage-problem.ts'

const text = {
  en: 'Say what is to be released: --image, --tag, --restart or --template.',
  zh: '请说明要发布什么：--image、--tag、--restart 或 --template。',
}

/** A release that changes nothing is none. */
export function saysNothing({ given }: Arguments): UsageProblem | undefined {
  const says = ['image', 'tag', 'restart', 'template'].some((name) => given.has(name))
  return says ? undefined : { kind: 'of-command', text }
}
