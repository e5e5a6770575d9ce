import { visibleJson } from '../visible.ts'

/**
 * An argument so that it is seen where it begins and ends, and what is in it: in quotes, with the escapes of JSON,
 * unless it is a plain word. Else one argument could pass for two, or a blank for nothing.
 */
export function quoted(argument: string): string {
  if (/^[\w@%+=:,./-]+$/.test(argument)) return argument
  return visibleJson(argument).replace(
    /[^\S ]/gu,
    (blank) => `\\u${blank.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
