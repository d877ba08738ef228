/** What of a keyboard event says which keys were pressed. */
export type KeyPress = {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly isComposing: boolean
  getModifierState(key: string): boolean
}

/**
 * The keys as the key table writes them: `Ctrl+K`, `Alt+I`, `?`, `ArrowDown`; nothing where the press writes text
 * of its own: while an input method composes, and with AltGr, which Windows reports as Ctrl+Alt and
 * Polish or Czech typists need for letters. Command counts as Ctrl.
 */
export function chordOf(press: KeyPress): string | null {
  if (press.isComposing || press.key === 'Dead' || press.key === 'Process') return null
  if (press.getModifierState('AltGraph')) return null
  if (press.key === 'Control' || press.key === 'Shift' || press.key === 'Alt' || press.key === 'Meta')
    return null
  const withModifier = press.ctrlKey || press.metaKey || press.altKey
  if (!withModifier) return press.key.length === 1 || !press.shiftKey ? press.key : `Shift+${press.key}`
  const parts: string[] = []
  if (press.ctrlKey || press.metaKey) parts.push('Ctrl')
  if (press.altKey) parts.push('Alt')
  if (press.shiftKey) parts.push('Shift')
  parts.push(namedKey(press))
  return parts.join('+')
}

/** On macOS, Option makes another character of a letter: the key's place tells which letter was meant. */
function namedKey({ key, code, altKey }: KeyPress): string {
  if (altKey && code.startsWith('Key')) return code.slice(3)
  return key.length === 1 ? key.toUpperCase() : key
}

/** A key that writes a character when pressed alone: it may act only where nothing is being written (WCAG 2.1.4). */
export const isCharacterKey = (chord: string): boolean => chord.length === 1
