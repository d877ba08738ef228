import { Link } from '@tanstack/react-router'
import { Button, ProgressBar } from 'react-aria-components'
import type { StoredFile } from '../../../server/api/file.ts'
import { formatBytes, formatShare, formatTime } from '../../format.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { Given } from '../../ui/given.tsx'
import type { Upload, Uploads } from './uploads.ts'

const words = text.import

export function UploadList({ uploads }: { readonly uploads: Uploads }) {
  if (uploads.list.length === 0) return null
  return (
    <ul className="uploads" aria-label={words.files}>
      {uploads.list.map((upload) => (
        <li key={upload.id}>
          <div className="upload-line">
            <Given words={upload.file.name} className="upload-name" />
            <span className="hint">{formatBytes(upload.file.size)}</span>
            <UploadState upload={upload} />
            <Button
              className="button quiet small"
              aria-label={words.remove(upload.file.name)}
              onPress={() => uploads.remove(upload.id)}
            >
              ✕
            </Button>
          </div>
          {upload.state.is === 'failed' && (
            <Fault error={upload.state.error} onAgain={() => uploads.retry(upload.id)} />
          )}
          {upload.state.is === 'stored' && <LoadedBefore stored={upload.state.stored} />}
        </li>
      ))}
    </ul>
  )
}

function UploadState({ upload: { state, file } }: { readonly upload: Upload }) {
  if (state.is === 'stored') return <span className="good">✓ {words.stored}</span>
  if (state.is === 'failed') return <span className="bad">✕</span>
  const sent = words.sent(formatShare(state.share, 1))
  return (
    <ProgressBar
      className="upload-progress"
      aria-label={file.name}
      value={state.share * 100}
      valueLabel={sent}
    >
      <span className="progress-track">
        <span style={{ width: `${state.share * 100}%` }} />
      </span>
      <span className="hint">{sent}</span>
    </ProgressBar>
  )
}

/** What a person should know who loads a file a second time. */
function LoadedBefore({ stored: { loadedBefore } }: { readonly stored: StoredFile }) {
  if (loadedBefore.length === 0) return null
  return (
    <div className="notice" role="status">
      <ul>
        {loadedBefore.slice(0, 5).map(({ job, at, profile, zone }) => (
          <li key={job}>
            {words.loadedBefore(formatTime(at), zone, profile)}{' '}
            <Link to="/jobs/$job" params={{ job }}>
              {words.jobLink(job)}
            </Link>
          </li>
        ))}
      </ul>
      <p>{words.again}</p>
    </div>
  )
}
