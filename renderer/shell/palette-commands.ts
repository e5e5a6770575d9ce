import type { PaletteCommand, PaletteEntry, PaletteInput } from './palette-entry.ts'
import { paletteTable } from './palette-table.ts'

/**
 * Everything that can be run just now and changes something: verbs that are open, services and clusters that are not
 * looked at already, tabs, and the switches.
 */
export function paletteCommands(
  input: PaletteInput,
  table: readonly PaletteEntry[] = paletteTable,
): readonly PaletteCommand[] {
  return table.flatMap((entry) => entry(input))
}

/** Commands whose text holds every word that was typed, in any order. */
export function matching(commands: readonly PaletteCommand[], text: string): readonly PaletteCommand[] {
  const wanted = text.toLocaleLowerCase('en').split(/\s+/)
  return commands.filter((one) => {
    const own = one.text.toLocaleLowerCase('en')
    return wanted.every((word) => own.includes(word))
  })
}
