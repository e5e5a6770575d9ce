import type {
  CommandInput,
  CommandName,
  CommandOutput,
  FeedName,
  FeedParams,
  FeedPayload,
} from '../../shared/contract.ts'
import type { Reply } from '../../shared/fault.ts'

/**
 * Whether the page still reaches the application behind it. `refused`: what is there is not the application that this
 * page's address is for, or the address lacks its key; it is not tried again before there is another one.
 */
export type LinkStatus = 'connecting' | 'open' | 'lost' | 'refused'

/** What is drawn is the last that was known. */
export function isCutOff(status: LinkStatus): boolean {
  return status === 'lost' || status === 'refused'
}

/** What the page needs of the bridge. The real one and the fixture's both offer exactly this. */
export type Client = {
  call<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Reply<CommandOutput<N>>>
  /** The whole view with a growing revision, first at once, then on each change. Returns its stop function. */
  subscribe<N extends FeedName>(
    feed: N,
    params: FeedParams<N>,
    listener: (payload: FeedPayload<N>, revision: number) => void,
  ): () => void
  onStatus(listener: (status: LinkStatus) => void): () => void
  /** Tries another address that a person gives; false where there is no key in it. In a browser only. */
  enter?(address: string): boolean
}

/** `ask`: the browser wants to be asked first. */
export type NoticePermission = 'ask' | 'granted' | 'refused'

/** Tells something outside the window. */
export type Notifier = {
  permission(): NoticePermission
  ask(): Promise<NoticePermission>
  /** Whether the window is in front of the person. */
  isLookedAt(): boolean
  /** One notice a tag: a later one takes its place. */
  show(
    notice: { readonly title: string; readonly body: string; readonly tag: string },
    onOpen: () => void,
  ): void
}

/** Time and chance are given to the page, so that tests and pictures can hold them still. */
export type Ports = {
  readonly client: Client
  /** Ms since some moment: only good for how long ago something came. What happens in a cluster has its time. */
  monotonic(): number
  /** Runs once after so many ms; returns its stop function. */
  after(ms: number, run: () => void): () => void
  /** Runs every so many ms; returns its stop function. */
  every(ms: number, run: () => void): () => void
  /** A fresh id for a command that changes a cluster: the same id twice acts once. */
  requestId(): string
  /** Tells whether the page can be seen, now and at each change; returns its stop function. */
  onVisible(listener: (visible: boolean) => void): () => void
  readonly notifier?: Notifier | undefined
  readonly storage: { read(key: string): string | null; write(key: string, text: string): void }
}
