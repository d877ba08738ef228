import { Button } from 'react-aria-components'
import { diffRecords } from '../../../rules/diff.ts'
import type { BibVersion } from '../../../server/api/bib.ts'
import { FoldedDiff } from '../../marc/folded-diff.tsx'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { keyTable } from '../../keys/key-table.ts'
import { Keys } from '../../ui/keys.tsx'

const words = text.bib

/** Any two versions of a bib, held against each other. */
export function Comparison(props: {
  readonly versions: readonly BibVersion[]
  readonly older: BibVersion
  readonly newer: BibVersion
  readonly onChoose: (older: number, newer: number) => void
  readonly onStop: () => void
}) {
  const { versions, older, newer, onChoose, onStop } = props
  const title = words.compareWith(older.version, newer.version)
  const options = versions.map(({ version, action }) => ({
    id: String(version),
    label: `${words.versionOf(version)} · ${words.actions[action]}`,
  }))
  return (
    <>
      <div className="comparison-head">
        <h2>{title}</h2>
        <div className="filters">
          <Choice
            label={words.compareFrom}
            value={String(older.version)}
            options={options.filter(({ id }) => id !== String(newer.version))}
            onChange={(version) => onChoose(Number(version), newer.version)}
          />
          <Choice
            label={words.compareTo}
            value={String(newer.version)}
            options={options.filter(({ id }) => id !== String(older.version))}
            onChange={(version) => onChoose(older.version, Number(version))}
          />
          <Button className="button" onPress={onStop}>
            {words.stopComparing} <Keys keys={keyTable.compareVersions.keys[0]} />
          </Button>
        </div>
      </div>
      {older.record === null || newer.record === null ? (
        <p className="notice">{words.gone}</p>
      ) : (
        <FoldedDiff
          key={`${older.version} ${newer.version}`}
          diff={diffRecords(older.record, newer.record)}
          label={title}
          beforeName={words.versionOf(older.version)}
          afterName={words.versionOf(newer.version)}
        />
      )}
    </>
  )
}
