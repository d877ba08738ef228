import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { isIdentityTag } from '../../../rules/content.ts'
import type { Zone } from '../../../server/api/zone.ts'
import { bibQuery } from '../../api/queries.ts'
import { isTemplateCode, type TemplateCode, templateCodes, templateOf } from '../../editor/bib-templates.ts'
import { textOfRecord } from '../../editor/field-line.ts'
import { titleIn } from '../../editor/line-places.ts'
import { useMayNot, usePersonHere } from '../../people/me.tsx'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { useTitle } from '../../ui/title.ts'
import { ZonePill } from '../../ui/zone-pill.tsx'
import { EditorDesk } from './editor-desk.tsx'
import { Told } from './told.tsx'

const words = text.editor
const route = getRouteApi('/zones/$zone/new-bib')

/** What a new bib begins with: a template, in the zone in which one works (D29). */
export function ChooseTemplateScreen() {
  const { zone } = useZone()
  const mayNot = useMayNot('bib.edit', zone?.code ?? null)
  const whyNot = zone === null ? words.noZone : zone.kind === 'community' ? words.community : mayNot
  useTitle(text.commands.goNewBib)
  return (
    <div className="screen narrow">
      <div className="screen-head">
        <h1>{words.chooseTemplate}</h1>
        {zone !== null && <ZonePill code={zone.code} />}
      </div>
      {whyNot !== null ? (
        <Told>{whyNot}</Told>
      ) : (
        zone !== null && (
          <>
            <p className="hint">{words.placement(zone.name)}</p>
            <ul className="templates">
              {templateCodes.map((template) => (
                <li key={template}>
                  <Link to="/zones/$zone/new-bib" params={{ zone: zone.code }} search={{ template }}>
                    <strong>{words.templates[template].name}</strong>{' '}
                    <span>{words.templates[template].about}</span>
                  </Link>
                </li>
              ))}
            </ul>
            <p className="hint">{words.orCopy}</p>
          </>
        )
      )}
    </div>
  )
}

/** A bib that is yet to be made, from a template or as a copy of another one. */
export function NewBibScreen() {
  const { zone: code } = route.useParams()
  const { template = 'book', from } = route.useSearch()
  const { zones } = useZone()
  const person = usePersonHere()
  const zone = zones.find((one) => one.code === code)
  if (zone === undefined || person === null) return <p role="status">{text.shell.loading}</p>
  const key = `${code} ${template} ${from} ${person}`
  return from === undefined ? (
    <FromTemplate key={key} zone={zone} template={isTemplateCode(template) ? template : 'book'} />
  ) : (
    <CopyOf key={key} zone={zone} mmsId={from} />
  )
}

function FromTemplate({ zone, template }: { readonly zone: Zone; readonly template: TemplateCode }) {
  const [begun] = useState(() => {
    const { text: lines, tags } = templateOf(template, new Date())
    return { text: lines, tags, caret: titleIn(lines) }
  })
  const { suppressed = false, publishToOclc = 'publish' } = begun.tags
  return (
    <EditorDesk
      zone={zone}
      bib={null}
      shared={null}
      start={{ text: begun.text, tags: { suppressed, publishToOclc } }}
      draftOf={`new ${template}`}
      title={words.newTitle(words.templates[template].name)}
      caret={begun.caret}
    />
  )
}

function CopyOf({ zone, mmsId }: { readonly zone: Zone; readonly mmsId: string }) {
  const { data } = useSuspenseQuery(bibQuery(zone.code, mmsId))
  const [copy] = useState(() => {
    const { record, title, suppressed, publishToOclc } = data
    const fields = record.fields.filter(({ tag }) => !isIdentityTag(tag))
    const lines = textOfRecord({ ...record, fields })
    return { title, text: lines, tags: { suppressed, publishToOclc }, caret: titleIn(lines) }
  })
  return (
    <EditorDesk
      zone={zone}
      bib={null}
      shared={null}
      start={copy}
      draftOf={`copy ${mmsId}`}
      title={words.copyTitle(copy.title)}
      caret={copy.caret}
    />
  )
}
