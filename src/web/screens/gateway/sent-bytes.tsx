import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { WholeGatewayExport } from '../../../server/api/gateway.ts'
import { getBytes } from '../../api/request.ts'
import { paths } from '../../paths.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { byteLines, visible } from '../../marc/byte-lines.ts'

const words = text.exported

/** What a page shows of a record's bytes; the rest is in the download. */
const mostShown = 16_384

/** What went over the wire: what stood before the record, its secret masked, and the record's bytes. */
export function SentBytes({ exported }: { readonly exported: WholeGatewayExport }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <h2>{words.sent}</h2>
      </summary>
      <div className="stack">
        {exported.header === '' ? (
          <p>{words.noHeader}</p>
        ) : (
          <>
            <h3>{words.header}</h3>
            <pre className="bytes">
              <bdi>{visible(exported.header)}</bdi>
            </pre>
          </>
        )}
        <h3>{words.bytes}</h3>
        {isOpen && <RecordBytes id={exported.id} />}
      </div>
    </details>
  )
}

function RecordBytes({ id }: { readonly id: number }) {
  const { data: bytes, error } = useQuery({
    queryKey: ['exports', 'one', id, 'bytes'],
    queryFn: async () => new Uint8Array(await (await getBytes(paths.exported(id))).arrayBuffer()),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error !== null) return <Fault error={error} />
  if (bytes === undefined) return <p className="hint">{text.shell.loading}</p>
  return (
    <>
      <pre className="bytes">{byteLines(bytes.subarray(0, mostShown)).join('\n')}</pre>
      {bytes.length > mostShown && <p>{words.bytesMore(bytes.length - mostShown)}</p>}
    </>
  )
}
