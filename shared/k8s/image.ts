export type ImageReference = {
  /** `registry.example:5000/team/app`: everything before tag and digest. */
  readonly repository: string
  readonly tag: string
  readonly digest: string
}

/** What is wrong with a text that is no reference; each has its sentence in both languages. */
export type ImageProblem =
  'empty' | 'space' | 'scheme' | 'name' | 'name-long' | 'tag' | 'digest' | 'identifier'

/**
 * The grammar of distribution/reference. A first part with a dot, a port or a capital is a host, and so is localhost;
 * the path behind it is in small letters. Written without nested repetition: a hostile text costs linear time.
 */
const host = /^(?:[a-zA-Z0-9]+(?:[.-]+[a-zA-Z0-9]+)*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/
const part = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const tagPattern = /^\w[\w.-]{0,127}$/
const digestPattern =
  /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}|(?!sha(?:256|512):)[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})$/
const longestName = 255

export type ParsedImage =
  | ({ readonly kind: 'image' } & ImageReference)
  /** `part`: the words that are wrong, as they stand. */
  | { readonly kind: 'problem'; readonly problem: ImageProblem; readonly part: string }

/** Takes any text apart as registries do, or says what is wrong with it: the last `:` is a tag only behind the last `/`. */
export function parseImage(text: string): ParsedImage {
  const { repository, tag, digest } = split(text)
  if (text.trim() === '') return problem('empty', text)
  if (/\s/.test(text)) return problem('space', text)
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return problem('scheme', text)
  if (repository.length > longestName) return problem('name-long', repository)
  if (!isRepository(repository)) return problem('name', repository)
  // A bare identifier of an image on somebody's machine: no registry has it under that name.
  if (/^[0-9a-f]{64}$/.test(text)) return problem('identifier', text)
  if (tag !== undefined && !tagPattern.test(tag)) return problem('tag', tag)
  if (text.includes('@') && !digestPattern.test(digest)) return problem('digest', digest)
  return { kind: 'image', repository, tag: tag ?? '', digest }
}

function problem(kind: ImageProblem, part: string): ParsedImage {
  return { kind: 'problem', problem: kind, part }
}

function isRepository(text: string): boolean {
  const [first = '', ...rest] = text.split('/')
  const path = rest.length > 0 && isHost(first) ? rest : [first, ...rest]
  return (path === rest ? host.test(first) : true) && path.every((one) => part.test(one))
}

/** Whether the first of several parts names a registry. */
function isHost(first: string): boolean {
  return /[.:A-Z]|^localhost$/.test(first)
}

/** The parts of a reference as it stands, well formed or not. */
export function splitImage(text: string): ImageReference {
  const { repository, tag = '', digest } = split(text)
  return { repository, tag, digest }
}

function split(text: string): {
  readonly repository: string
  readonly tag: string | undefined
  readonly digest: string
} {
  const at = text.indexOf('@')
  const name = at < 0 ? text : text.slice(0, at)
  const digest = at < 0 ? '' : text.slice(at + 1)
  const colon = name.lastIndexOf(':')
  const isTag = colon > name.lastIndexOf('/')
  return {
    repository: isTag ? name.slice(0, colon) : name,
    tag: isTag ? name.slice(colon + 1) : undefined,
    digest,
  }
}

/**
 * What people call an image by, never empty for one that is there: its tag; `latest`, which is what no tag means to
 * whoever pulls it; the beginning of its digest. With both, the digest decides what runs, so both are said.
 */
export function versionOf(text: string): string {
  const { repository, tag, digest } = splitImage(text)
  const [algorithm = '', hash = ''] = digest.split(':')
  if (digest === '') return tag === '' && repository !== '' ? 'latest' : tag
  return tag === '' ? `${algorithm}:${hash.slice(0, 12)}` : `${tag}@${hash.slice(0, 12)}`
}

/** Whether a word that a person typed names the version of an image: what we call it, its tag, or its digest. */
export function isVersion(text: string, word: string): boolean {
  const { tag, digest } = splitImage(text)
  return [versionOf(text), tag, digest].includes(word) && word !== ''
}

/** What a person means who types or pastes into a field that asks for a version. */
export type TypedVersion =
  | { readonly kind: 'nothing' }
  /** Behind the repository that each batch has, as it stands: what is no tag or digest is refused there. */
  | { readonly kind: 'version'; readonly suffix: string }
  /** A whole reference, the same for all batches. */
  | { readonly kind: 'whole'; readonly image: string }

/**
 * `1.27`, `:1.27`, `sha256:…`, `@sha256:…` and `1.27@sha256:…` are versions; `nginx:1.27`, `team/app` and
 * `nginx@sha256:…` are whole references. What could be either word for word (`2@sha256:…`) is a version where it begins
 * as versions do: nobody calls a repository by a number.
 */
export function readTypedVersion(typed: string): TypedVersion {
  const text = typed.trim()
  if (text === '') return { kind: 'nothing' }
  if (text.startsWith(':') || text.startsWith('@')) return { kind: 'version', suffix: text }
  if (/^sha(?:256|512):/.test(text)) return { kind: 'version', suffix: `@${text}` }
  if (text.includes('/')) return { kind: 'whole', image: text }
  const isWhole = /[:@]/.test(text) && !/^v?\d[^:]*@/.test(text) && parseImage(text).kind === 'image'
  return isWhole ? { kind: 'whole', image: text } : { kind: 'version', suffix: `:${text}` }
}

/** The same repository in another version; a digest is dropped, since it would win over the tag. */
export function withVersion(text: string, typed: string): string {
  const version = readTypedVersion(typed)
  switch (version.kind) {
    case 'nothing':
      return text
    case 'whole':
      return version.image
    case 'version':
      return splitImage(text).repository + version.suffix
  }
}

/** A repository without its registry: `team/app` of `registry.example:5000/team/app`. Mirrors differ in the registry alone. */
export function repositoryPath(text: string): string {
  const { repository } = splitImage(text)
  const slash = repository.indexOf('/')
  return slash > 0 && isHost(repository.slice(0, slash)) ? repository.slice(slash + 1) : repository
}
