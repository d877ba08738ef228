import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { errorCode } from '../db/errors.ts'
import { Refusal } from './refusal.ts'

/** D39. */
const uploadLimit = 10 * 1024 ** 3

const longestName = 1000

export type Uploaded<T> = { readonly name: string; readonly kept: T }

/**
 * Hands the one file of a multipart request on, as its bytes come. A request with a second one is
 * refused, since an answer that speaks of the first alone would lose the other.
 */
export async function takeUpload<T>(
  request: FastifyRequest,
  keep: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<Uploaded<T>> {
  if (!request.isMultipart()) {
    throw new Refusal(415, 'WRONG_CONTENT_TYPE', 'A file is sent as multipart/form-data.')
  }
  const parts = request.files({
    throwFileSizeLimit: false,
    limits: { files: 2, fields: 10, fieldSize: 1000, fileSize: uploadLimit, headerPairs: 20 },
  })
  let taken: Uploaded<T> | null = null
  for await (const part of wellFormed(parts)) {
    if (taken !== null) {
      throw new Refusal(400, 'MORE_THAN_ONE_FILE', 'The request has more than one file in it.', {
        remedy: 'Send each file in a request of its own.',
      })
    }
    taken = { name: shownName(part.filename), kept: await keep(uploadedBytes(part)) }
  }
  if (taken === null) throw new Refusal(400, 'NO_FILE', 'The request has no file in it.', { field: 'file' })
  return taken
}

/**
 * The same, where a fault of the multipart itself is a refusal. Those alone have no code: what breaks
 * off, and what the disk says, has one.
 */
async function* wellFormed<T>(of: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* of
  } catch (error) {
    if (errorCode(error) !== null) throw error
    throw new Refusal(400, 'MALFORMED_MULTIPART', 'The body is not well-formed multipart/form-data.', {
      remedy: 'Let the client write the body and its boundary: curl --form file=@NAME does.',
    })
  }
}

/** A file that was cut off at the limit is refused at its end, so that nothing keeps it. */
async function* uploadedBytes({ file }: MultipartFile): AsyncGenerator<Uint8Array> {
  for await (const chunk of wellFormed(file)) yield chunk as Uint8Array
  if (file.truncated) {
    throw new Refusal(413, 'FILE_TOO_LARGE', 'The file is larger than the limit of 10 GB.', {
      remedy: 'Split it, and upload the pieces.',
    })
  }
}

/** A name for people, never for the file system: the last part of a path, control and direction marks out. */
function shownName(name: string | undefined): string {
  const last = (name ?? '').split(/[/\\]/).at(-1) ?? ''
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').trim()
  return clean.slice(0, longestName) || 'unnamed'
}
