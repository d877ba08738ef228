import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { Button, Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import type { ImportProfile } from '../../../rules/import-profile.ts'
import type { WholeProfile } from '../../../server/api/profile.ts'
import { profileDraftQuery, profilePath, profileQuery } from '../../api/profile-queries.ts'
import { put } from '../../api/request.ts'
import { rulesQuery } from '../../api/rule-queries.ts'
import { useCommands } from '../../keys/commands.tsx'
import { useMayNot } from '../../people/me.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { CodeEditor, type CodeEditorHandle } from '../../ui/code-editor.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Unsaved } from '../../ui/unsaved.tsx'
import { ProblemList } from '../rule/problem-list.tsx'
import { jsonLanguage } from './json-language.ts'
import { draftOfJson, draftOfProfile, firstDraft, saysTheSame } from './profile-draft.ts'
import { ProfileSettings } from './profile-settings.tsx'
import { ProfileVersions } from './profile-versions.tsx'

const words = text.importProfile

type ProfileTab = 'json' | 'versions'

/** Where a profile is changed: by ordinary settings, and by its JSON beside them; both are the same draft. */
export function ProfileDesk(props: {
  readonly zone: string
  readonly code: string
  /** Nothing where it is new. */
  readonly saved: WholeProfile | null
  /** What a new one begins with. */
  readonly begin: WholeProfile | null
}) {
  const { zone, code, saved, begin } = props
  const client = useQueryClient()
  const navigate = useNavigate()
  const { data: rules } = useQuery(rulesQuery(zone))
  const { data: handed = null } = useQuery(profileDraftQuery(zone, code))
  const [draft, setDraft] = useState(() =>
    handed === null ? firstDraft(code, saved, begin) : draftOfProfile(handed),
  )
  const [base, setBase] = useState(saved)
  const [said, setSaid] = useState('')
  const [tab, setTab] = useState<ProfileTab>('json')
  const [isHanding, setIsHanding] = useState(false)
  const editor = useRef<CodeEditorHandle>(null)
  const { problems } = draft
  const isDirty = base === null || !saysTheSame(draft, base)

  const saving = useMutation({
    mutationFn: (profile: ImportProfile) => put<WholeProfile>(profilePath(zone, code), profile),
    async onSuccess(stored) {
      setBase(stored)
      setDraft(draftOfProfile(stored.profile))
      setSaid(text.rule.saved(stored.version))
      client.setQueryData(profileDraftQuery(zone, code).queryKey, null)
      client.setQueryData(profileQuery(zone, code).queryKey, stored)
      await client.invalidateQueries({ queryKey: ['profiles', zone] })
    },
  })
  const mayNot = useMayNot('profile.edit', zone)
  const whyNot = mayNot ?? (!isDirty ? text.rule.nothingToSave : problems.length > 0 ? words.hasFaults : null)
  const change = (profile: ImportProfile) => {
    setSaid('')
    setDraft(draftOfProfile(profile))
  }
  const save = () => {
    if (whyNot === null && !saving.isPending) saving.mutate(draft.profile)
  }
  const whyNotSimulate = problems.length > 0 ? words.hasFaults : null
  const simulate = () => {
    client.setQueryData(profileDraftQuery(zone, code).queryKey, isDirty ? draft.profile : null)
    setIsHanding(true)
    void navigate({
      to: '/simulate',
      search: { zone, profile: code, ...(isDirty ? { draft: true as const } : {}) },
      ignoreBlocker: true,
    })
  }
  const whyNotImport = isDirty ? words.saveFirst : null
  const importWith = () => void navigate({ to: '/import', search: { zone, profile: code } })
  const goToNext = () => {
    const at = editor.current?.place() ?? { line: 0, column: 0 }
    const next =
      problems.find(({ line, column }) => line > at.line || (line === at.line && column > at.column)) ??
      problems[0]
    if (next === undefined) return
    setTab('json')
    editor.current?.focusAt(next.line, next.column)
  }
  useCommands([
    { name: 'saveProfile', label: text.commands.saveProfile, whyNot, run: save },
    {
      name: 'nextFault',
      label: text.commands.nextFault,
      whyNot: problems.length === 0 ? text.rule.noProblems : null,
      run: goToNext,
    },
    {
      name: 'simulateDraft',
      label: text.commands.simulateDraft,
      whyNot: whyNotSimulate,
      run: simulate,
    },
    { name: 'importWith', label: text.commands.importWith, whyNot: whyNotImport, run: importWith },
  ])
  const others = saved !== null && base !== null && saved.version > base.version ? saved : null
  // A text that is no profile cannot be shown in settings; they rest until it is one.
  const isReadable = problems.length === 0 || draft.json === draftOfProfile(draft.profile).json

  return (
    <>
      <Unsaved isDirty={isDirty && !isHanding} />
      {others !== null && (
        <p className="notice">
          {text.rule.savedByOthers(others.version, others.changedBy)}{' '}
          <Button
            className="button small"
            onPress={() => {
              setBase(others)
              setDraft(draftOfProfile(others.profile))
            }}
          >
            {text.rule.takeTheirs}
          </Button>
        </p>
      )}
      <div className="actions">
        <ActionButton
          command="saveProfile"
          label={text.rule.save}
          whyNot={whyNot}
          isPending={saving.isPending}
          onPress={save}
          isPrimary
        />
        <ActionButton
          command="simulateDraft"
          label={isDirty ? words.simulateDraft : words.simulate}
          whyNot={whyNotSimulate}
          onPress={simulate}
        />
        <ActionButton
          command="importWith"
          label={words.importWith}
          whyNot={whyNotImport}
          onPress={importWith}
        />
        <p className="said" role="status">
          {said}
        </p>
      </div>
      {saving.error !== null && <Fault error={saving.error} />}
      <div className="rule-desk profile-desk">
        <div className="stack">
          {!isReadable && <p className="notice">{words.settingsRest}</p>}
          <div inert={!isReadable}>
            <ProfileSettings profile={draft.profile} onChange={change} rules={rules ?? []} />
          </div>
        </div>
        <Tabs
          className="tabs rule-tabs"
          selectedKey={tab}
          onSelectionChange={(next) => setTab(next as ProfileTab)}
        >
          <TabList aria-label={words.besides}>
            <Tab id="json">
              {words.json}
              {problems.length > 0 && <span className="bad"> {words.faults(problems.length)}</span>}
            </Tab>
            {base !== null && <Tab id="versions">{text.rule.versions}</Tab>}
          </TabList>
          <TabPanel id="json" shouldForceMount className="json-panel">
            <CodeEditor
              ref={editor}
              label={words.jsonOf(code)}
              value={draft.json}
              onChange={(json) => {
                setSaid('')
                setDraft((before) => draftOfJson(json, before))
              }}
              language={jsonLanguage}
              problems={problems}
              minLines={24}
            />
            <p role="status" className={problems.length > 0 ? 'bad' : 'hint'}>
              {text.rule.found({ errors: problems.length, warnings: 0 })}
            </p>
            <ProblemList
              problems={problems}
              onGo={({ line, column }) => editor.current?.focusAt(line, column)}
            />
          </TabPanel>
          {base !== null && (
            <TabPanel id="versions">
              <ProfileVersions
                zone={zone}
                code={code}
                version={base.version}
                mayNot={mayNot}
                onRestored={(stored) => {
                  setBase(stored)
                  setDraft(draftOfProfile(stored.profile))
                  setSaid(words.restored(stored.version))
                }}
              />
            </TabPanel>
          )}
        </Tabs>
      </div>
    </>
  )
}
