/** An argument with blanks is quoted: else one argument could pass for two. */
export function quoted(argument: string): string {
  return argument === '' || /\s/.test(argument) ? JSON.stringify(argument) : argument
}
