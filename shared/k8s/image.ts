import { failed, ok, type Reply } from '../fault.ts'

export type ImageReference = {
  /** `registry.example:5000/team/app`: everything before tag and digest. */
  readonly repository: string
  readonly tag: string
  readonly digest: string
}

/** A first part with a dot, a port or a capital is a host; the path behind it is in small letters (distribution/reference). */
const host =
  /(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|[a-z0-9-]+(?=:)|[a-zA-Z0-9.-]*[A-Z][a-zA-Z0-9.-]*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?/
const part = /[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*/
const repositoryPattern = new RegExp(`^(?:${host.source}/)?${part.source}(?:/${part.source})*$`)
const tagPattern = /^\w[\w.-]{0,127}$/
const digestPattern = /^(?:sha256:[0-9a-f]{64}|(?!sha256:)[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-f]{32,})$/

/** Splits a reference as registries do: the last `:` is a tag only behind the last `/`, so a port is none. */
export function parseImage(text: string): Reply<ImageReference> {
  const { repository, tag, digest } = split(text)
  if (text.trim() !== text || text === '')
    return failed('invalid-input', 'An image reference has no spaces and is not empty.')
  if (!repositoryPattern.test(repository)) return failed('invalid-input', `"${text}" is no image reference.`)
  if (text.includes('@') && !digestPattern.test(digest))
    return failed('invalid-input', `"${digest}" is no digest.`)
  if (tag === undefined) return ok({ repository, tag: '', digest })
  return tagPattern.test(tag)
    ? ok({ repository, tag, digest })
    : failed('invalid-input', `"${tag}" is no tag.`)
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

/**
 * The same repository in another version; a digest is dropped, since it would win over the tag. A digest alone
 * (`sha256:…`) takes the tag's place, and a whole reference, which people paste as well, stays what it is.
 */
export function withVersion(text: string, version: string): string {
  if (version.includes('/')) return version
  const { repository } = splitImage(text)
  const digest = version.replace(/^@/, '')
  return /^sha(?:256|512):/.test(digest) ? `${repository}@${digest}` : `${repository}:${version}`
}

/** A repository without its registry: `team/app` of `registry.example:5000/team/app`. Mirrors differ in the registry alone. */
export function repositoryPath(text: string): string {
  const { repository } = splitImage(text)
  const slash = repository.indexOf('/')
  const first = repository.slice(0, Math.max(0, slash))
  return /[.:]|^localhost$|[A-Z]/.test(first) ? repository.slice(slash + 1) : repository
}
