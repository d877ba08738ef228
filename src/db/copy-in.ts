import type pg from 'pg'

/** Bytes a CopyData message: large enough that framing costs nothing, small for the server's buffer. */
const MESSAGE_BYTES = 1 << 18

const COPY_DATA = 0x64
const COPY_DONE = Uint8Array.of(0x63, 0, 0, 0, 4)

/** What the driver calls on the query that is in progress on a connection. */
type CopyQuery = pg.Submittable & {
  handleCopyInResponse(): void
  handleCommandComplete(message: { readonly text: string }): void
  handleReadyForQuery(): void
  handleError(error: Error): void
  handleRowDescription(): void
  handleDataRow(): void
  handleEmptyQuery(): void
}

/**
 * Sends one prepared body by COPY … FROM STDIN and answers the number of rows. The body must not be
 * changed before the promise settles. Frames are written to the socket without a copy of the body, right
 * behind the statement: a server that refuses the statement passes over them, as the protocol has it.
 */
export function copyIn(client: pg.ClientBase, statement: string, body: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = 0
    let began = false
    const query: CopyQuery = {
      submit(connection) {
        connection.stream.cork()
        connection.query(statement)
        sendBody(connection, body)
        connection.stream.uncork()
      },
      handleCopyInResponse() {
        began = true
      },
      handleCommandComplete(message) {
        rows = Number(/^COPY (\d+)/.exec(message.text)?.[1] ?? 0)
      },
      handleReadyForQuery() {
        if (began) resolve(rows)
        else reject(new TypeError(`Not a COPY … FROM STDIN: ${statement}`))
      },
      handleError: reject,
      handleRowDescription() {},
      handleDataRow() {},
      handleEmptyQuery() {},
    }
    client.query(query)
  })
}

function sendBody({ stream }: pg.Connection, body: Uint8Array): void {
  if (!stream.writable) return
  for (let at = 0; at < body.length; at += MESSAGE_BYTES) {
    const chunk = body.subarray(at, at + MESSAGE_BYTES)
    const head = Buffer.allocUnsafe(5)
    head[0] = COPY_DATA
    head.writeUInt32BE(chunk.length + 4, 1)
    stream.write(head)
    stream.write(chunk)
  }
  stream.write(COPY_DONE)
}
