import { Link } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import type { AddedSet } from '../../../server/api/set.ts'
import { text } from '../../text.ts'
import { Given } from '../../ui/given.tsx'
import { ModalDialog } from '../../ui/modal.tsx'
import { useCopy } from '../../ui/use-copy.ts'
import { csvOf } from '../search/page-csv.ts'

const words = text.sets.file.report

/** Lines that are shown; the rest is in the copy. */
const mostShown = 50

type Line = { readonly line: number; readonly number: string; readonly why: string }

/** What became of the lines of a file: what was found, and what not, and why. */
export function NumberReport(props: {
  readonly zone: string
  readonly added: AddedSet
  readonly onClose: () => void
}) {
  const { zone, added, onClose } = props
  const { set, numbers, repeated } = added
  const copy = useCopy()
  const missing = added.missing.map(({ line, number, message }) => ({ line, number, why: message }))
  const several = added.several.map(({ line, number, members }) => ({
    line,
    number,
    why: words.all(members),
  }))
  const csv = () =>
    csvOf([
      [words.line, words.number, words.why],
      ...[...missing, ...several].map(({ line, number, why }) => [String(line), number, why]),
    ])
  return (
    <ModalDialog title={words.title(set.name)} onClose={onClose} className="broad">
      <div className="stack">
        <p role="status">
          {words.counts(numbers, numbers - missing.length)} {words.members(set.members ?? 0)}{' '}
          {repeated > 0 && words.repeated(repeated)}
        </p>
        {missing.length > 0 && <Lines title={words.missing(missing.length)} lines={missing} />}
        {several.length > 0 && <Lines title={words.several(several.length)} lines={several} />}
        <div className="dialog-foot">
          {missing.length + several.length > 0 && (
            <Button className="button" onPress={() => copy(words.copy, csv(), words.copied)}>
              {words.copy}
            </Button>
          )}
          <Button className="button" onPress={onClose}>
            {words.close}
          </Button>
          <Link className="button primary" to="/zones/$zone/sets/$set" params={{ zone, set: set.id }}>
            {words.open}
          </Link>
        </div>
      </div>
    </ModalDialog>
  )
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <div className="number-lines">
        <table className="plain" aria-label={title}>
          <thead>
            <tr>
              <th className="numeric">{words.line}</th>
              <th>{words.number}</th>
              <th>{words.why}</th>
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, mostShown).map(({ line, number, why }) => (
              <tr key={line}>
                <td className="numeric">{line}</td>
                <td>
                  <Given words={number} />
                </td>
                <td>{why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {lines.length > mostShown && <p className="hint">{words.more(lines.length - mostShown)}</p>}
    </section>
  )
}
