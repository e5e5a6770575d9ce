import type { HelpWords } from './help-words.ts'

export const helpEn: HelpWords = {
  usage: 'tranche COMMAND [SERVICE] [OPTIONS]',
  about:
    'Releases an application batch by batch: several Deployments behind one Service. A release is driven by the process that started it: it ends with the release, or pauses it before it goes.',
  commandsHead: 'Commands',
  optionsHead: 'Options',
  commonHead: 'Options of every command',
  exitHead: 'Ends with',
  more: 'More about one command: tranche COMMAND --help',
  exits: [
    ['0', 'done'],
    ['1', 'fault: cluster, rights, lock, --timeout'],
    ['2', 'wrong use'],
    ['3', 'held, failed, paused, or ended in another way than wanted'],
    ['4', 'waits for approval (with --until approval, or where nobody can be asked)'],
    ['5', 'refused by the checks before the start'],
    ['130', 'interrupted; a release that was driven is paused'],
  ],
}
