import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react'
import { chordOf, isCharacterKey } from './chord.ts'
import { keysOf } from './key-table.ts'

/** Something that the person can do now: the palette lists it, its keys run it. */
export type Command = {
  /** A command of the key table, or a name of its own where there is no key for it. */
  readonly name: string
  readonly label: string
  /** Why it cannot be done now, in words; shown, and the keys do nothing. */
  readonly whyNot?: string | null
  readonly run: () => void
}

type Registry = {
  /** All commands of the screens that are mounted, outermost first. */
  readonly list: () => readonly Command[]
  readonly register: (commands: () => readonly Command[]) => () => void
  readonly characterKeys: boolean
  readonly setCharacterKeys: (on: boolean) => void
}

const RegistryContext = createContext<Registry | null>(null)

const characterKeysStored = 'accession.character-keys'

/** Of the key table those with which the browser saves the page, marks it, or looks for something. */
const browserKeys: ReadonlySet<string> = new Set(['Ctrl+S', 'Ctrl+D', 'Ctrl+K'])

/** How long the second key of a pair is waited for. */
const pairMs = 1500

export function CommandsProvider({ children }: { readonly children: ReactNode }) {
  const sources = useRef(new Set<() => readonly Command[]>())
  const [characterKeys, setCharacterKeys] = useState(
    () => localStorage.getItem(characterKeysStored) !== 'off',
  )

  const registry = useMemo(
    (): Registry => ({
      list: () => [...sources.current].flatMap((source) => source()),
      register: (source) => {
        sources.current.add(source)
        return () => sources.current.delete(source)
      },
      characterKeys,
      setCharacterKeys: (on) => {
        localStorage.setItem(characterKeysStored, on ? 'on' : 'off')
        setCharacterKeys(on)
      },
    }),
    [characterKeys],
  )

  useEffect(() => listenForKeys(registry), [registry])
  return <RegistryContext value={registry}>{children}</RegistryContext>
}

export function useRegistry(): Registry {
  const registry = use(RegistryContext)
  if (registry === null) throw new Error('CommandsProvider is missing above this component')
  return registry
}

/** Offers commands for as long as the component is mounted. */
export function useCommands(commands: readonly Command[]): void {
  const { register } = useRegistry()
  const latest = useRef(commands)
  useEffect(() => {
    latest.current = commands
  })
  useEffect(() => register(() => latest.current), [register])
}

function listenForKeys(registry: Registry): () => void {
  let first = ''
  let firstAt = 0

  /** Ctrl+Enter saves from wherever it is pressed: a button or a switch would take the key for itself. */
  function onKeyDownFirst(event: KeyboardEvent): void {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) return
    onKeyDown(event)
    if (event.defaultPrevented) event.stopPropagation()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented) return
    const chord = chordOf(event)
    if (chord === null) return
    const target = event.target instanceof HTMLElement ? event.target : null
    const isSingle = isCharacterKey(chord)
    // Within an editor the target is the editor as a whole.
    const [innermost] = event.composedPath()
    if (isSingle && (!registry.characterKeys || isWriting(innermost))) return
    // A dialog is a world of its own: keys of the page behind it rest, and those that the browser has too do nothing.
    if (target?.closest('[role=dialog],[role=alertdialog],[role=menu],[role=listbox]') != null) {
      if (browserKeys.has(chord) && commandFor(registry, chord) !== undefined) event.preventDefault()
      return
    }
    const pair = Date.now() - firstAt < pairMs ? `${first} ${chord}` : chord
    const command = commandFor(registry, pair) ?? commandFor(registry, chord)
    first = isSingle && command === undefined ? chord : ''
    firstAt = Date.now()
    if (command === undefined) return
    event.preventDefault()
    if (command.whyNot == null) command.run()
  }

  document.addEventListener('keydown', onKeyDownFirst, true)
  document.addEventListener('keydown', onKeyDown)
  return () => {
    document.removeEventListener('keydown', onKeyDownFirst, true)
    document.removeEventListener('keydown', onKeyDown)
  }
}

/** The innermost screen's command wins. */
const commandFor = (registry: Registry, keys: string): Command | undefined =>
  registry.list().findLast((command) => keysOf(command.name).includes(keys))

function isWriting(target: EventTarget | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'file'].includes(target.type)
}
