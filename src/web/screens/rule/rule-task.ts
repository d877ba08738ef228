import { useEffect, useRef, useState } from 'react'
import type { MarcRecord } from '../../../marc/record.ts'
import type { RuleKind } from '../../../rules/language/rule.ts'
import type { CheckedRule } from '../../../rules/check-rule.ts'
import type { Tried } from './try-rule.ts'

export type RuleTask =
  | { readonly do: 'check'; readonly kind: RuleKind; readonly text: string }
  | {
      readonly do: 'try'
      readonly kind: RuleKind
      readonly text: string
      readonly record: MarcRecord
      readonly other: MarcRecord | null
    }

export type TaskResult =
  | { readonly did: 'check'; readonly checked: CheckedRule }
  | { readonly did: 'try'; readonly tried: Tried }

/** Milliseconds of quiet before a text is looked at, and that one look may take. */
const quietMs = 200
const patienceMs = 5000

/** What came of the latest task that was set; the one before goes on being shown until it is done. */
export type Looked = {
  readonly result: TaskResult | null
  readonly isPending: boolean
  /** The rules were not done in time. */
  readonly isTooSlow: boolean
}

type Done = { readonly task: RuleTask; readonly result: TaskResult | null; readonly isTooSlow: boolean }

/** Carries out a task in a thread of its own a moment after it was set; one that is overtaken is dropped. */
export function useRuleTask(task: RuleTask | null): Looked {
  const [looked, setLooked] = useState<Done | null>(null)
  const worker = useRef<Worker | null>(null)

  useEffect(
    () => () => {
      worker.current?.terminate()
      worker.current = null
    },
    [],
  )

  useEffect(() => {
    if (task === null) return undefined
    let isOver = false
    let patience: ReturnType<typeof setTimeout> | undefined
    const stop = () => {
      worker.current?.terminate()
      worker.current = null
    }
    const finish = (result: TaskResult | null) => {
      isOver = true
      clearTimeout(patience)
      setLooked((before) => ({ task, result: result ?? before?.result ?? null, isTooSlow: result === null }))
    }
    let isAtWork = false
    const quiet = setTimeout(() => {
      worker.current ??= new Worker(new URL('./rule-worker.ts', import.meta.url), { type: 'module' })
      isAtWork = true
      worker.current.onmessage = ({ data }: MessageEvent<TaskResult>) => finish(data)
      patience = setTimeout(() => {
        stop()
        finish(null)
      }, patienceMs)
      worker.current.postMessage(task)
    }, quietMs)
    return () => {
      clearTimeout(quiet)
      clearTimeout(patience)
      // What is being worked at would be answered before its successor.
      if (isAtWork && !isOver) stop()
    }
  }, [task])

  const isDone = looked?.task === task
  return {
    result: looked?.result ?? null,
    isPending: task !== null && !isDone,
    isTooSlow: isDone && looked.isTooSlow,
  }
}
