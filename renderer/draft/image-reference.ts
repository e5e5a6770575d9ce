/** `registry/path/` and `name`, so that the front can shrink and the name stays. */
export function splitRepository(repository: string): { readonly front: string; readonly name: string } {
  const slash = repository.lastIndexOf('/')
  return { front: repository.slice(0, slash + 1), name: repository.slice(slash + 1) }
}
