import type { JobFile, JobReport } from '../../../server/api/job.ts'
import { formatBytes, formatCount } from '../../format.ts'
import { text } from '../../text.ts'
import { Given } from '../../ui/given.tsx'

const words = text.report

/** File details: what each file was found to be, and the parts it was taken into. */
export function Files({ report }: { readonly report: JobReport }) {
  return (
    <div className="stack">
      <div className="scrolls">
        <table className="plain" aria-label={words.tabs.files}>
          <thead>
            <tr>
              <th scope="col">{words.file.name}</th>
              <th scope="col">{words.file.format}</th>
              <th scope="col" className="numeric">
                {words.file.size}
              </th>
              <th scope="col" className="numeric">
                {words.file.records}
              </th>
              <th scope="col" className="numeric" title={words.file.junkMeaning}>
                {words.file.junk}
              </th>
              <th scope="col">{words.file.hash}</th>
            </tr>
          </thead>
          <tbody>
            {report.fileList.map((file) => (
              <FileRow key={file.file} file={file} />
            ))}
          </tbody>
        </table>
      </div>
      <h2>{words.parts}</h2>
      <p className="hint">{words.partsMeaning}</p>
      {report.partList.length === 0 ? (
        <p>{report.finishedAt === null ? words.noParts : words.noPartsAtAll}</p>
      ) : (
        <div className="scrolls">
          <table className="plain" aria-label={words.parts}>
            <thead>
              <tr>
                <th scope="col">{words.file.name}</th>
                <th scope="col" className="numeric">
                  {words.part.part}
                </th>
                <th scope="col" className="numeric">
                  {words.part.first}
                </th>
                <th scope="col" className="numeric">
                  {words.part.last}
                </th>
                <th scope="col" className="numeric">
                  {words.part.done}
                </th>
              </tr>
            </thead>
            <tbody>
              {report.partList.map((part) => (
                <tr key={`${part.file}.${part.part}`}>
                  <th scope="row">
                    <Given words={report.fileList.find(({ file }) => file === part.file)?.name ?? ''} />
                  </th>
                  <td className="numeric">{formatCount(part.part)}</td>
                  <td className="numeric">{formatCount(part.first)}</td>
                  <td className="numeric">{formatCount(part.last)}</td>
                  <td className="numeric">{formatCount(part.done)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}

function FileRow({ file }: { readonly file: JobFile }) {
  return (
    <>
      <tr>
        <th scope="row">
          <Given words={file.name} className="file-name" />
          {file.entry !== null && (
            <small className="hint">
              {' '}
              <Given words={file.entry} className="file-name" />
            </small>
          )}
        </th>
        <td>{file.format ?? (file.notMarc === null ? words.file.unknown : '')}</td>
        <td className="numeric">{file.bytes === null ? '' : formatBytes(file.bytes)}</td>
        <td className="numeric">{file.records === null ? '' : formatCount(file.records)}</td>
        <td className="numeric">{file.junkBytes === null ? '' : formatCount(file.junkBytes)}</td>
        <td>
          <code title={file.sha256}>{file.sha256.slice(0, 12)}…</code>
        </td>
      </tr>
      {file.notMarc !== null && (
        <tr>
          <td colSpan={6} className="bad">
            <Given words={file.notMarc} />
          </td>
        </tr>
      )}
    </>
  )
}
