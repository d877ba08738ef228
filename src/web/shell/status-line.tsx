import { useQuery } from '@tanstack/react-query'
import { statusQuery } from '../api/queries.ts'
import { text } from '../text.ts'

/** How the server fares: quiet when all is well, in words where it is not. */
export function StatusLine({ isLive }: { readonly isLive: boolean }) {
  const { data: status, isError } = useQuery(statusQuery)
  const trouble = isError
    ? text.shell.serverAway
    : status?.database === 'away'
      ? text.shell.databaseAway
      : status?.importer.alive === false
        ? text.shell.importerAway
        : isLive
          ? null
          : text.shell.liveLost
  return (
    <footer className="status-line">
      <div role="status" className={trouble === null ? undefined : 'trouble'}>
        {trouble}
      </div>
      {status !== undefined && trouble === null && (
        <p>
          {text.shell.importerAlive} {text.shell.databaseUp}
        </p>
      )}
      {status?.demo === true && (
        <p>
          <strong>{text.shell.demo}.</strong> {text.shell.demoMeaning}
        </p>
      )}
      {status !== undefined && <p className="version">{text.shell.version(status.version)}</p>}
    </footer>
  )
}
