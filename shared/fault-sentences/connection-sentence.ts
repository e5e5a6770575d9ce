/** What a connection says: the way to the server, its certificates, its answers, its objects, its watches. */
export type ConnectionSentence = WaySentence | TlsSentence | AnswerSentence | ObjectSentence | WatchSentence

type WaySentence =
  | { readonly kind: 'not-connected' }
  | { readonly kind: 'connection-closed' }
  /** `proxy`: what was asked for instead of the server itself. */
  | { readonly kind: 'unreachable'; readonly server: string; readonly proxy: string; readonly code: string }
  | { readonly kind: 'connection-broke'; readonly server: string; readonly words: string }
  | { readonly kind: 'answer-late'; readonly server: string }
  | { readonly kind: 'no-turn'; readonly server: string; readonly seconds: number; readonly lists: boolean }
  | { readonly kind: 'server-asks-to-wait'; readonly server: string }
  | { readonly kind: 'ca-late'; readonly server: string }
  | { readonly kind: 'proxy-kind'; readonly protocol: string }
  | { readonly kind: 'key-unusable'; readonly words: string }
  | { readonly kind: 'request-threw' }
  | { readonly kind: 'no-network' }
  | { readonly kind: 'nobody-signed-in' }
  | { readonly kind: 'no-streaming'; readonly server: string; readonly protocol: string }
  | { readonly kind: 'port-taken'; readonly port: number }
  | { readonly kind: 'port-denied'; readonly port: number }
  | { readonly kind: 'port-failed'; readonly port: number; readonly code: string }
  | { readonly kind: 'silent'; readonly server: string; readonly seconds: number }
  | { readonly kind: 'asleep' }
  | { readonly kind: 'not-watched' }
  | { readonly kind: 'too-many-watched'; readonly others: number }

type TlsSentence =
  | { readonly kind: 'tls-expired'; readonly server: string }
  | { readonly kind: 'tls-not-yet-valid'; readonly server: string }
  | { readonly kind: 'tls-other-name'; readonly server: string; readonly words: string }
  | { readonly kind: 'tls-unknown-ca'; readonly server: string; readonly code: string }
  | { readonly kind: 'tls-not-spoken'; readonly server: string }
  | { readonly kind: 'tls-asks-certificate'; readonly server: string }
  | { readonly kind: 'tls-handshake-refused'; readonly server: string }
  | { readonly kind: 'tls-own-expired'; readonly server: string }
  | { readonly kind: 'tls-own-refused'; readonly server: string; readonly code: string }
  | { readonly kind: 'tls-failed'; readonly server: string; readonly words: string }

type AnswerSentence =
  | { readonly kind: 'answer-status'; readonly status: number }
  | { readonly kind: 'answer-packed'; readonly packing: string }
  | { readonly kind: 'answer-no-gzip' }
  | { readonly kind: 'answer-too-long'; readonly mib: number }
  | { readonly kind: 'answer-no-json' }
  | { readonly kind: 'answer-elsewhere'; readonly place: string }
  | { readonly kind: 'answer-no-version' }
  | { readonly kind: 'answer-no-list'; readonly of: string }
  | { readonly kind: 'list-endless'; readonly of: string }
  | { readonly kind: 'too-many-objects'; readonly of: string; readonly most: string }
  | { readonly kind: 'too-heavy-objects'; readonly of: string; readonly mib: number }

/** What is wrong with an object that a server sends: the end of a sentence about it. */
export type ObjectProblem =
  | { readonly kind: 'object-nameless' }
  | { readonly kind: 'object-name' }
  /** Absent `value`: it is no number. */
  | { readonly kind: 'object-number'; readonly field: string; readonly value?: number }
  | { readonly kind: 'object-annotations' }
  | { readonly kind: 'object-too-deep' }
  | { readonly kind: 'object-unreadable' }

type ObjectSentence =
  | ObjectProblem
  | {
      readonly kind: 'impossible-object'
      readonly of: string
      readonly name: string
      readonly problem: ObjectProblem
    }

type WatchSentence =
  | { readonly kind: 'watch-ended' }
  | { readonly kind: 'watch-not-begun' }
  | { readonly kind: 'watch-late' }
  | { readonly kind: 'watch-cut-at-once' }
  | { readonly kind: 'watch-version-gone' }
  | { readonly kind: 'watch-dripping' }
  | { readonly kind: 'watch-broke'; readonly words: string }
  | { readonly kind: 'watch-failed'; readonly of: string; readonly words: string }
