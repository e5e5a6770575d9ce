/** `repository:tag` or `repository@digest`. A colon before the last slash is a port, not a tag. */
export type ImageReference = { readonly repository: string; readonly tag: string; readonly digest: string }

export function readImage(reference: string): ImageReference {
  const [name = '', digest = ''] = reference.split('@')
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1)
  if (colon === -1) return { repository: name, tag: '', digest }
  return { repository: name.slice(0, colon), tag: name.slice(colon + 1), digest }
}

/**
 * The same repository with another tag; a digest would pin the old content, so it goes. A digest alone
 * (`sha256:…`) takes the tag's place, and a whole reference, which people paste as well, stays what it is.
 */
export function withTag(reference: string, tag: string): string {
  if (tag.includes('/')) return tag
  const { repository } = readImage(reference)
  const digest = tag.replace(/^@/, '')
  return /^sha(?:256|512):/.test(digest) ? `${repository}@${digest}` : `${repository}:${tag}`
}

/** What people call a version: the tag, else the start of the digest, else `latest`, which is what no tag means. */
export function versionOf(reference: string): string {
  const { tag, digest } = readImage(reference)
  if (tag !== '') return tag
  return digest === '' ? 'latest' : digest.slice(0, 19)
}

/** `registry/path/` and `name`, so that the front can shrink and the name stays. */
export function splitRepository(repository: string): { readonly front: string; readonly name: string } {
  const slash = repository.lastIndexOf('/')
  return { front: repository.slice(0, slash + 1), name: repository.slice(slash + 1) }
}
