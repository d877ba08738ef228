import { useEffect, useMemo, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { displayTitle } from '../../../rules/display-title.ts'
import { findingsOf } from '../../editor/findings.ts'
import type { ToldFinding } from '../../editor/finding-lines.ts'
import { MarcEditor } from '../../editor/marc-editor.tsx'
import { keyTable } from '../../keys/key-table.ts'
import { FoldedDiff } from '../../marc/folded-diff.tsx'
import { text } from '../../text.ts'
import { Keys } from '../../ui/keys.tsx'
import { ModalDialog } from '../../ui/modal.tsx'
import { useTitle } from '../../ui/title.ts'
import { useToast } from '../../ui/toast.tsx'
import { InventoryPanel } from '../bib/inventory/inventory-panel.tsx'
import { EditorHead } from './editor-head.tsx'
import { HerePanel } from './here-panel.tsx'
import { Notices } from './notices.tsx'
import { contentDiff } from './saved-bib.ts'
import { TagFields } from './tag-fields.tsx'
import { TextStatus } from './text-status.tsx'
import { toldOf } from './told-findings.ts'
import { type Editing, type EditingOf, useEditing } from './use-editing.ts'
import { useEditorCommands } from './use-editor-commands.ts'
import { useExceptions } from './use-exceptions.ts'

const words = text.editor

/**
 * The metadata editor: the text of one record, what is found in it, what MARC 21 says of the place that the caret
 * is at, and the record's tags and inventory beside it.
 */
export function EditorDesk(props: EditingOf & { readonly title: string }) {
  const { zone, bib, shared, caret: begun } = props
  const say = useToast()
  const editing = useEditing(props)
  const { editor, saved, read, written, tags, caret, lock, isReadOnly, whyReadOnly } = editing
  const tagPanel = useRef<HTMLElement>(null)
  const [isDiffShown, setIsDiffShown] = useState(false)
  const findings = useFindings(zone.code, editing)
  const shownTitle = displayTitle(read.record) || props.title
  useTitle(saved === null ? props.title : words.titleOf(shownTitle))
  useEffect(() => {
    if (begun === null) editor.current?.focus()
    else editor.current?.goTo(begun.line, begun.at)
  }, [editor, begun])

  const toFinding = (severity?: ToldFinding['severity']) => {
    const placed = findings.filter((one) => one.line !== null && (severity ?? one.severity) === one.severity)
    const next = placed.find(({ line }) => (line ?? 0) > caret.line) ?? placed[0]
    if (next?.line != null) editor.current?.goTo(next.line, next.at ?? 0)
  }
  const save = (isReleased: boolean, isSure = false) => {
    void editing.save(isReleased, isSure).then((refusal) => {
      if (refusal?.code === 'INVALID') toFinding('error')
    })
  }
  const whyNotSave = isReadOnly
    ? (whyReadOnly ?? (lock.state.is === 'taking' ? words.lockTaking : words.readOnly))
    : null
  const toggleDiff = () => setIsDiffShown(!isDiffShown)
  useEditorCommands({
    isReadOnly,
    isNew: saved === null,
    whyNotSave,
    run: (command) => editor.current?.run(command),
    save: () => save(false),
    saveAndRelease: () => save(true),
    release: editing.release,
    toFinding: () => toFinding(),
    toText: () => editor.current?.focus(),
    toTags: () => tagPanel.current?.querySelector('input')?.focus(),
    showChanges: toggleDiff,
  })

  return (
    <div className="screen editor-screen">
      <EditorHead
        zone={zone.code}
        title={shownTitle}
        saved={saved}
        lock={whyReadOnly === null && saved !== null ? lock.state : { is: 'none' }}
        whyNotSave={whyNotSave}
        isPending={editing.isPending}
        onSave={() => save(false)}
        onSaveAndRelease={() => save(true)}
        onRelease={editing.release}
      />
      <Notices zone={zone} shared={shared} editing={editing} onSure={() => save(false, true)} />
      <div className="editor-columns">
        <div className="stack">
          <div className="editor-text" data-keeps-focus>
            <MarcEditor
              ref={editor}
              label={words.text(shownTitle)}
              description={words.describe}
              text={written}
              isReadOnly={isReadOnly}
              held={editing.held}
              findings={findings}
              onChange={editing.onChange}
              onPlace={editing.setCaret}
              onHeld={(line) =>
                say(shared === null || /^00[15]/.test(line) ? words.held : words.heldShared(shared.zone))
              }
            />
            <TextStatus
              caret={caret}
              lines={written.split('\n').length}
              findings={findings}
              isDirty={editing.isDirty}
              kept={editing.kept}
              isDiffShown={isDiffShown}
              onNext={() => toFinding()}
              onDiff={saved === null ? null : toggleDiff}
            />
          </div>
          <Missing findings={findings} />
          {isDiffShown && <Changes editing={editing} />}
          {bib !== null && <InventoryPanel bib={bib} />}
        </div>
        <div className="stack editor-side">
          <section className="panel" aria-labelledby="tags" ref={tagPanel}>
            <h2 id="tags">
              {words.tags} <Keys keys={keyTable.toTags.keys[0]} />
            </h2>
            <TagFields tags={tags} isReadOnly={isReadOnly} onChange={editing.setTags} />
          </section>
          <HerePanel written={written} caret={caret} />
        </div>
      </div>
      {editing.isAsked && <AskRelease editing={editing} />}
    </div>
  )
}

/** What is found in the text, with its words; a tag that is being written is no fault until a save is refused for it. */
function useFindings(zone: string, { read, caret, trouble }: Editing): readonly ToldFinding[] {
  const exceptions = useExceptions(zone)
  const all = useMemo(() => findingsOf(read, exceptions).map(toldOf), [read, exceptions])
  return useMemo(
    () => all.filter(({ code, line }) => code !== 'no-tag' || line !== caret.line || trouble !== null),
    [all, caret.line, trouble],
  )
}

/** What stands at no line, since it is not there. */
function Missing({ findings }: { readonly findings: readonly ToldFinding[] }) {
  const missing = findings.filter(({ line }) => line === null)
  if (missing.length === 0) return null
  return (
    <section className="editor-missing" aria-label={words.missing}>
      <ul>
        {missing.map(({ code, severity, message, remedy }) => (
          <li key={code} data-severity={severity}>
            <strong>{words.severities[severity]}:</strong> {message} {remedy}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What a save would change. */
function Changes({ editing: { saved, read, tags } }: { readonly editing: Editing }) {
  if (saved === null) return null
  return (
    <section className="panel">
      <h2>{words.changes}</h2>
      <FoldedDiff
        diff={contentDiff(saved.record, read.record)}
        label={words.changes}
        beforeName={words.before(saved.version)}
        afterName={words.after}
      />
      {(tags.suppressed !== saved.suppressed || tags.publishToOclc !== saved.publishToOclc) && (
        <p>{words.tagsChange}</p>
      )}
    </section>
  )
}

function AskRelease({ editing: { leave, stopAsking } }: { readonly editing: Editing }) {
  return (
    <ModalDialog title={words.askRelease} onClose={stopAsking} isAlert>
      <p>{words.askReleaseLead}</p>
      <div className="dialog-foot">
        <Button className="button" onPress={() => void leave()}>
          {words.askReleaseYes}
        </Button>
        <Button className="button primary" autoFocus onPress={stopAsking}>
          {words.askReleaseNo}
        </Button>
      </div>
    </ModalDialog>
  )
}
