import type { ForwardTrouble } from '../../../shared/model/forwarding.ts'
import type { ForwardView } from '../../../shared/view/forward-view.ts'
import { podToTry } from '../../../shared/view/pod-to-try.ts'
import { forwardWords } from '../../../shared/words/forward-words.ts'
import { chosenBatches } from '../arguments/chosen-batches.ts'
import type { InEveryLanguage } from '../arguments/language.ts'
import { endingAs, exit, fault, usage, type Ending, type OrEnding } from '../session/ending.ts'
import { exitCodes } from '../session/exit-code.ts'
import { follow, until } from '../session/follow.ts'
import { openService, pictureOf } from '../session/session.ts'
import type { AtService, CommandContext } from '../session/command-context.ts'
import type { Command } from './command.ts'

type Opened = {
  readonly pod: string
  readonly batch: number
  readonly port: number
  readonly address: string
}
type Own = {
  readonly open: (it: Opened) => string
  readonly untilInterrupted: string
  readonly noPod: (batch: number, name: string) => string
}

const own: InEveryLanguage<Own> = {
  en: {
    open: ({ pod, batch, port, address }) => `${address} is port ${port} of the pod ${pod} (batch ${batch}).`,
    untilInterrupted: 'Open until interrupted (Ctrl-C).',
    noPod: (batch, name) => `No new pod of batch ${batch} (${name}) is ready: there is nothing to try yet.`,
  },
  zh: {
    open: ({ pod, batch, port, address }) => `${address} 即 Pod ${pod}（第 ${batch} 批）的端口 ${port}。`,
    untilInterrupted: '一直打开，直到被中断（Ctrl-C）。',
    noPod: (batch, name) => `第 ${batch} 批（${name}）还没有就绪的新 Pod，暂时无可试用。`,
  },
}

const wrongPort: InEveryLanguage = {
  en: 'The port is written PORT or LOCAL:PORT, each from 1 to 65535, behind the Service: tranche port-forward SERVICE 8080:80',
  zh: '端口写作 端口 或 本机端口:端口，均为 1 到 65535，放在 Service 之后：tranche port-forward SERVICE 8080:80',
}

export const portForwardCommand: Command = {
  name: 'port-forward',
  takes: ['[SERVICE]', '[LOCAL:PORT]'],
  options: ['batch'],
  readsOnly: true,
  what: {
    en: 'Opens a port of a new, ready pod on this machine, to try it: of the first batch, or of --batch.',
    zh: '把一个已就绪的新 Pod 的端口打开到本机，以便试用：默认取第 1 批，或用 --batch 指定。',
  },
  problem: ({ rest: [service = '', ports] }) =>
    // No Service begins with a digit: its place was forgotten.
    /^\d/.test(service) || (ports !== undefined && portsOf(ports) === undefined)
      ? { kind: 'of-command', text: wrongPort }
      : undefined,
  run: portForward,
}

type Ports = { readonly port?: number; readonly localPort?: number }

/** `80`, or `8080:80`; nothing for what is neither. */
function portsOf(text: string): Ports | undefined {
  const [, local, port] = /^(?:(\d{1,5}):)?(\d{1,5})$/.exec(text) ?? []
  const found = [local, port].filter((one) => one !== undefined).map(Number)
  if (port === undefined || found.some((one) => one < 1 || one > 65_535)) return undefined
  return { port: Number(port), ...(local !== undefined && { localPort: Number(local) }) }
}

async function portForward(context: CommandContext): Promise<Ending> {
  const opened = await openService(context)
  if (!opened.ok) return opened.ending
  const at = opened.value
  const pod = await choosePod(at)
  if (!pod.ok) return pod.ending
  const ports = portsOf(context.options.line.rest[1] ?? '') ?? {}
  const reply = await at.client.call('pod/forward', { target: at.target, pod: pod.value, ...ports })
  if (!reply.ok) return fault(reply.fault)
  const words = own[at.options.language]
  const { value: forward } = reply
  tell(at, forward, { state: 'open', text: words.open({ ...forward, port: forward.podPort }) })
  if (!at.out.json) at.out.remark(words.untilInterrupted)
  return await untilEnded(at, forward.id)
}

async function choosePod(at: AtService): Promise<OrEnding<string>> {
  const picture = await pictureOf(at)
  if (!picture.ok) return picture
  const { batches } = at.options
  const chosen = chosenBatches(picture.value, batches)
  if (!chosen.ok) return chosen
  if (chosen.value.length > 1)
    return endingAs(usage({ kind: 'one-batch', names: chosen.value.map(({ name }) => name) }))
  const batch = chosen.value[0] ?? picture.value.batches[0]
  if (batch === undefined) return endingAs(fault({ code: 'not-found', message: at.words.noServices('') }))
  const seen = await until(at.client, ['pods', at.target], ({ kind }) => kind !== 'loading')
  if (seen.kind === 'fault') return endingAs(fault(seen.fault))
  const pod = seen.kind === 'view' ? podToTry(seen.view.pods, batch.number) : undefined
  return pod === undefined
    ? endingAs(
        fault({ code: 'not-found', message: own[at.options.language].noPod(batch.number, batch.name) }),
      )
    : { ok: true, value: pod.name }
}

/** An interrupt ends the command from outside; what is seen here ends it only when the port is closed. */
async function untilEnded(at: AtService, id: string): Promise<Ending> {
  const { ended } = forwardWords[at.options.language]
  const follower = follow(at.client, 'pods', at.target)
  let told = ''
  try {
    for (let revision = 0; ;) {
      const { payload, revision: seen } = await follower.next(revision)
      revision = seen
      if (payload.kind !== 'view') continue
      const forward = payload.view.forwards.find((one) => one.id === id)
      if (forward === undefined) continue
      const trouble = forward.trouble === undefined ? '' : troubleText(at, forward.trouble)
      if (trouble !== '' && trouble !== told) tell(at, forward, { state: 'trouble', text: trouble })
      told = trouble
      if (forward.state.kind !== 'ended') continue
      tell(at, forward, { state: 'ended', text: ended[forward.state.why] })
      return exit(forward.state.why === 'stopped' ? exitCodes.done : exitCodes.fault)
    }
  } finally {
    follower.stop()
  }
}

function troubleText({ options, words }: AtService, trouble: ForwardTrouble): string {
  const said = forwardWords[options.language]
  switch (trouble.kind) {
    case 'port':
      return said.port(trouble.text)
    case 'fault':
      return words.fault(trouble.fault)
    case 'too-many':
      return said.tooMany
  }
}

function tell(
  { out }: AtService,
  { pod, batch, podPort: port, localPort, address }: ForwardView,
  said: { readonly state: 'open' | 'trouble' | 'ended'; readonly text: string },
): void {
  out.put({ kind: 'forward', pod, batch, port, localPort, address, ...said }, [said.text])
}
