import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type RefObject, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { MarcRecord } from '../../../marc/record.ts'
import type { Bib } from '../../../server/api/bib.ts'
import type { Zone } from '../../../server/api/zone.ts'
import { bibQuery } from '../../api/queries.ts'
import { Refusal } from '../../api/request.ts'
import type { Draft } from '../../editor/draft.ts'
import { readText } from '../../editor/field-line.ts'
import type { CaretPlace, MarcEditorHandle } from '../../editor/marc-editor.tsx'
import { useMayNot } from '../../people/me.tsx'
import { text } from '../../text.ts'
import { useToast } from '../../ui/toast.tsx'
import { type BibTags, heldLinesOf, savedBibOf, tagsOf } from './saved-bib.ts'
import { useDraft, useWhenHidden } from './use-draft.ts'
import { useLock } from './use-lock.ts'
import { useSave } from './use-save.ts'
import { useSettled } from './use-settled.ts'

const words = text.editor

/** How long the text is left alone before it is looked at, and kept as a draft, in milliseconds. */
const quietMs = 300

/** What a linked bib is linked to. */
export type SharedRecord = { readonly zone: string; readonly mmsId: string; readonly record: MarcRecord }

export type EditingOf = {
  readonly zone: Zone
  /** Nothing for a bib that is yet to be made. */
  readonly bib: Bib | null
  readonly shared: SharedRecord | null
  readonly start: { readonly text: string; readonly tags: BibTags }
  /** What a draft of it is kept under: the bib, or what a new one began with. */
  readonly draftOf: string
  readonly caret: CaretPlace | null
}

/**
 * One record being edited: its text and tags, what they are held against, its lock, its draft, and the ways in
 * which it ends.
 */
export function useEditing({ zone, bib, shared, start, draftOf, caret: begun }: EditingOf) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const say = useToast()
  const editor = useRef<MarcEditorHandle>(null)
  const isOver = useRef(false)
  const drafts = useDraft(zone.code, draftOf)
  const [saved, setSaved] = useState(bib === null ? null : savedBibOf(bib))
  // One of the same version is gone on with; of another one the person decides.
  const [found] = useState(() => {
    const { found: draft } = drafts
    return draft === null ? null : { draft, isTaken: draft.version === (bib?.version ?? null) }
  })
  const taken = found?.isTaken === true ? found.draft : null
  const [isDraftTold, setIsDraftTold] = useState(found !== null)
  const [written, setWritten] = useState(taken?.text ?? start.text)
  const [tags, setTags] = useState(tagsOf(taken ?? start.tags))
  const [caret, setCaret] = useState<CaretPlace>(begun ?? { line: 1, at: 0 })
  const [theirs, setTheirs] = useState<Bib | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [isAsked, setIsAsked] = useState(false)
  const [isLeaving, setIsLeaving] = useState(false)

  const before = saved ?? { ...start.tags, text: start.text }
  const isDirty =
    written !== before.text ||
    tags.suppressed !== before.suppressed ||
    tags.publishToOclc !== before.publishToOclc
  const mayNot = useMayNot('bib.edit', zone.code)
  const whyReadOnly = zone.kind === 'community' ? words.community : mayNot
  const lock = useLock(zone.code, saved?.mmsId ?? null, whyReadOnly === null, isDirty)
  const isReadOnly = whyReadOnly !== null || (saved !== null && lock.state.is !== 'held')
  const saving = useSave(zone.code)
  const [settled, settle] = useSettled(written, quietMs)
  const read = useMemo(() => readText(settled), [settled])
  const held = useMemo(
    () => (saved === null ? [] : heldLinesOf(saved, shared?.record ?? null)),
    [saved, shared],
  )

  const keep = useCallback(() => {
    if (isOver.current || !isDirty || isReadOnly) return
    drafts.keep({ version: saved?.version ?? null, text: written, ...tags })
  }, [isDirty, isReadOnly, saved, written, tags, drafts])
  useWhenHidden(keep)
  const keepLatest = useEffectEvent(keep)
  const dropUnneeded = useEffectEvent(() => {
    if (!isDirty && (drafts.kept !== null || taken !== null)) drafts.drop()
  })
  useEffect(() => {
    keepLatest()
    dropUnneeded()
  }, [settled, tags])
  useEffect(() => () => keepLatest(), [])

  const to = (mmsId: string) =>
    navigate({ to: '/zones/$zone/bibs/$mmsId', params: { zone: zone.code, mmsId } })
  const goToBib = useEffectEvent(() => void (saved === null ? navigate({ to: '/search' }) : to(saved.mmsId)))
  useEffect(() => {
    if (isLeaving) goToBib()
  }, [isLeaving])

  /** Gives the record back, and what was not saved up. */
  const leave = async (): Promise<void> => {
    setIsAsked(false)
    try {
      await lock.release()
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error))
      return
    }
    isOver.current = true
    drafts.drop()
    setIsLeaving(true)
  }

  /** Another text and other tags in place of those there are; it can be undone. */
  const put = (next: BibTags & { readonly text: string }): void => {
    editor.current?.replace(next.text, true)
    setTags(tagsOf(next))
    setIsDraftTold(false)
    editor.current?.focus()
  }
  const goOnFrom = (next: Bib): void => {
    setSaved(savedBibOf(next))
    setTheirs(null)
    saving.reset()
  }

  const becameNew = async ({ mmsId }: Bib, isReleased: boolean): Promise<void> => {
    isOver.current = true
    say(words.savedNew(mmsId))
    const params = { zone: zone.code, mmsId }
    if (isReleased) await to(mmsId)
    else await navigate({ to: '/zones/$zone/bibs/$mmsId/edit', params, replace: true, state: { caret } })
  }
  const became = async (next: Bib, sent: string, isReleased: boolean): Promise<void> => {
    drafts.drop()
    setIsDraftTold(false)
    if (saved === null) {
      await becameNew(next, isReleased)
      return
    }
    goOnFrom(next)
    setTags(tagsOf(next))
    // What was typed while it was being saved stays, on top of what was saved.
    if (editor.current?.text() === sent) editor.current.replace(savedBibOf(next).text, false)
    say(isReleased ? words.savedAndReleased(next.version) : words.saved(next.version))
    if (isReleased) await leave()
  }

  const send = async (isReleased: boolean, isSure: boolean): Promise<Refusal | null> => {
    const sent = editor.current?.text() ?? written
    const { record, faults } = readText(sent)
    const [fault] = faults
    // What was said of a save before is not said of this one.
    say(null)
    setTrouble(fault === undefined ? null : words.brokenLines(faults.length, fault.line))
    if (fault !== undefined) {
      settle(sent)
      editor.current?.goTo(fault.line, fault.at)
      return null
    }
    const token = lock.state.is === 'held' ? lock.state.token : null
    const of = saved === null ? null : { mmsId: saved.mmsId, version: saved.version, lock: token }
    try {
      const { bib: next } = await saving.mutateAsync({ record, of, isSure, ...tags })
      await became(next, sent, isReleased)
      return null
    } catch (error) {
      if (!(error instanceof Refusal)) return null
      if (error.code === 'STALE_VERSION' && saved !== null)
        setTheirs(await client.fetchQuery({ ...bibQuery(zone.code, saved.mmsId), staleTime: 0 }))
      return error
    }
  }

  return {
    editor: editor as RefObject<MarcEditorHandle | null>,
    saved,
    read,
    written,
    tags,
    caret,
    held,
    lock,
    isDirty,
    isReadOnly,
    whyReadOnly,
    kept: drafts.kept,
    trouble,
    theirs,
    error: saving.error,
    isPending: saving.isPending,
    isAsked,
    /** A draft that was found, as long as something is to be said of it. */
    told: isDraftTold ? found : null,
    setCaret,
    setTags,
    stopAsking: () => setIsAsked(false),
    onChange(next: string): void {
      setWritten(next)
      setTrouble(null)
      lock.renew()
    },
    /** Answers why it was refused. */
    async save(isReleased: boolean, isSure = false): Promise<Refusal | null> {
      if (saved === null || isDirty) return send(isReleased, isSure)
      if (isReleased) await leave()
      else say(words.savedSame)
      return null
    },
    release(): void {
      if (isDirty && !isReadOnly) setIsAsked(true)
      else void leave()
    },
    leave,
    takeDraft: (draft: Draft) => put(draft),
    dropDraft(): void {
      drafts.drop()
      put(before)
    },
    keepMine(): void {
      if (theirs !== null) goOnFrom(theirs)
      editor.current?.focus()
    },
    takeTheirs(): void {
      if (theirs === null) return
      goOnFrom(theirs)
      put(savedBibOf(theirs))
    },
  }
}

export type Editing = ReturnType<typeof useEditing>
