import { Button } from 'react-aria-components'
import type { MarcRecord } from '../../../marc/record.ts'
import { writerOf } from '../../../marc/write.ts'
import { text } from '../../text.ts'
import { useCopy } from '../../ui/use-copy.ts'

const words = text.bib
const utf8 = new TextDecoder()

/** The record as MARCXML, to be read and taken along. */
export function XmlView({ record }: { readonly record: MarcRecord }) {
  const copy = useCopy()
  const { head, tail, encode } = writerOf('marcxml')
  const { bytes, notes } = encode(record)
  const xml = withVisibleDirections([head, bytes, tail].map((part) => utf8.decode(part)).join(''))
  return (
    <div className="whole-text">
      <Button className="button small" onPress={() => copy(words.views.xml, xml, words.xmlCopied)}>
        {text.copy.verb}
      </Button>
      {notes.map((note) => (
        <p key={note} className="notice">
          {note}
        </p>
      ))}
      <pre className="bytes">
        {xml.split('\n').map((line, at) => (
          <bdi key={at} dir="ltr">
            {line}
            {'\n'}
          </bdi>
        ))}
      </pre>
    </div>
  )
}

/** What would turn its neighbours round is written as a reference, which is the same XML. */
const withVisibleDirections = (xml: string): string =>
  xml.replace(
    /[\u202A-\u202E\u2066-\u2069]/g,
    (mark) => `&#x${mark.charCodeAt(0).toString(16).toUpperCase()};`,
  )
