import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import type { RuleKind, RuleProblem } from '../../../rules/language/rule.ts'
import type { WholeRule } from '../../../server/api/rule.ts'
import { rulePath, ruleQuery } from '../../api/rule-queries.ts'
import { put } from '../../api/request.ts'
import { useCommands } from '../../keys/commands.tsx'
import { useMayNot } from '../../people/me.tsx'
import { text } from '../../text.ts'
import { CodeEditor, type CodeEditorHandle } from '../../ui/code-editor.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Unsaved } from '../../ui/unsaved.tsx'
import { ProblemList } from './problem-list.tsx'
import { draftOf, isSame, isSaved, type RuleDraft, type SavedRule } from './rule-draft.ts'
import { ruleLanguage } from './rule-language.ts'
import { RuleSettings } from './rule-settings.tsx'
import { RuleTabs, type RuleTab } from './rule-tabs.tsx'
import { type RuleTask, useRuleTask } from './rule-task.ts'
import type { TryGiven } from './try-it.tsx'

const words = text.rule

const none: readonly RuleProblem[] = []

/** Where a rule file is written: the text with its problems, its tests, and what it does to a record. */
export function RuleDesk(props: {
  readonly zone: string
  readonly kind: RuleKind
  readonly code: string
  /** Nothing where it is new. */
  readonly rule: SavedRule | null
  /** What a new one has its first text of. */
  readonly begin: WholeRule | null
}) {
  const { zone, kind, code, rule, begin } = props
  const client = useQueryClient()
  const [draft, setDraft] = useState<RuleDraft>(() => draftOf(rule, kind, begin))
  // What the draft came out of: somebody else may save meanwhile.
  const [base, setBase] = useState(rule)
  const [said, setSaid] = useState('')
  const [tab, setTab] = useState<RuleTab>('tests')
  const [given, setGiven] = useState<TryGiven>({ record: '', other: '' })
  const editor = useRef<CodeEditorHandle>(null)

  const task = useMemo((): RuleTask => ({ do: 'check', kind, text: draft.text }), [kind, draft.text])
  const { result, isPending, isTooSlow } = useRuleTask(task)
  const checked = result?.did === 'check' ? result.checked : null
  const problems = checked?.problems ?? none
  const hasErrors = problems.some(({ severity }) => severity === 'error')

  const saving = useMutation({
    mutationFn: (wanted: RuleDraft) => put<WholeRule>(rulePath(zone, kind, code), wanted),
    async onSuccess(saved) {
      if (!isSaved(saved)) return
      setBase(saved)
      setSaid(words.saved(saved.version))
      client.setQueryData(ruleQuery(zone, kind, code).queryKey, saved)
      await client.invalidateQueries({ queryKey: ['rules'], refetchType: 'none' })
    },
  })
  const isDirty = base === null || !isSame(draft, base)
  const mayNot = useMayNot('rule.edit', zone)
  const whyNot =
    mayNot ??
    (!isDirty
      ? words.nothingToSave
      : draft.name.trim() === ''
        ? words.needsName
        : draft.active && hasErrors && !isPending
          ? words.hasErrors
          : null)
  const change = (part: Partial<RuleDraft>) => {
    setSaid('')
    setDraft((before) => ({ ...before, ...part }))
  }
  const save = () => {
    if (!saving.isPending) saving.mutate(draft)
  }
  const go = (line: number, column = 1) => editor.current?.focusAt(line, column)
  const goToNext = () => {
    const at = editor.current?.place() ?? { line: 0, column: 0 }
    const next =
      problems.find(({ line, column }) => line > at.line || (line === at.line && column > at.column)) ??
      problems[0]
    if (next !== undefined) go(next.line, next.column)
  }
  useCommands([
    { name: 'saveRule', label: text.commands.saveRule, whyNot, run: save },
    {
      name: 'nextProblem',
      label: text.commands.nextProblem,
      whyNot: problems.length === 0 ? words.noProblems : null,
      run: goToNext,
    },
    { name: 'ruleTests', label: text.commands.ruleTests, run: () => setTab('tests') },
    { name: 'tryRule', label: text.commands.tryRule, run: () => setTab('try') },
  ])
  const others = rule !== null && base !== null && rule.version > base.version ? rule : null

  return (
    <>
      <Unsaved isDirty={isDirty && (base !== null || draft.text !== draftOf(null, kind, begin).text)} />
      {others !== null && (
        <p className="notice">
          {words.savedByOthers(others.version, others.changedBy)}{' '}
          <Button
            className="button small"
            onPress={() => {
              setBase(others)
              setDraft(draftOf(others, kind))
            }}
          >
            {words.takeTheirs}
          </Button>
        </p>
      )}
      <RuleSettings
        draft={draft}
        onChange={change}
        whyNot={whyNot}
        isPending={saving.isPending}
        onSave={save}
        said={said}
      />
      {saving.error !== null && <Fault error={saving.error} />}
      <div className="rule-desk">
        <section className="stack" aria-label={words.text}>
          <CodeEditor
            ref={editor}
            label={words.textOf(code)}
            value={draft.text}
            onChange={(next) => change({ text: next })}
            language={ruleLanguage}
            problems={problems}
            minLines={24}
          />
          <p role="status" className={hasErrors ? 'bad' : 'hint'}>
            {isTooSlow
              ? words.tooSlow
              : checked === null
                ? text.shell.loading
                : words.found(countOf(problems))}
          </p>
          <ProblemList problems={problems} onGo={({ line, column }) => go(line, column)} />
        </section>
        <RuleTabs
          tab={tab}
          onTab={setTab}
          checked={checked}
          zone={zone}
          kind={kind}
          text={draft.text}
          rule={rule}
          given={given}
          onGiven={setGiven}
          onGo={go}
          onText={(next) => {
            change({ text: next })
            editor.current?.focusAt(1, 1)
          }}
          onTakeUp={(version) => {
            change({ text: version.text, name: version.name })
            setSaid(words.tookUp(version.version))
            editor.current?.focusAt(1, 1)
          }}
        />
      </div>
    </>
  )
}

const countOf = (problems: readonly RuleProblem[]) => {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  return { errors, warnings: problems.length - errors }
}
