import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { Refusal } from './refusal.ts'

/** D39. */
export const uploadLimit = 10 * 1024 ** 3

const longestName = 1000

/** The one file of a multipart request, still to be read. */
export async function uploadedFile(
  request: FastifyRequest,
): Promise<{ readonly part: MultipartFile; readonly name: string }> {
  if (!request.isMultipart()) {
    throw new Refusal(415, 'WRONG_CONTENT_TYPE', 'A file is sent as multipart/form-data.')
  }
  const part = await request.file({
    throwFileSizeLimit: false,
    limits: { files: 1, fields: 0, fileSize: uploadLimit, headerPairs: 20 },
  })
  if (part === undefined)
    throw new Refusal(400, 'NO_FILE', 'The request has no file in it.', { field: 'file' })
  return { part, name: shownName(part.filename) }
}

/** Bytes of the file as they come; a file that was cut off is refused at its end, so that nothing keeps it. */
export async function* uploadedBytes({ file }: MultipartFile): AsyncGenerator<Uint8Array> {
  for await (const chunk of file) yield chunk as Uint8Array
  if (file.truncated) {
    throw new Refusal(413, 'FILE_TOO_LARGE', 'The file is larger than the limit of 10 GB.', {
      remedy: 'Split it, and upload the pieces.',
    })
  }
}

/** A name for people, never for the file system: the last part of a path, control and direction marks out. */
function shownName(name: string | undefined): string {
  const last = (name ?? '').split(/[/\\]/).at(-1) ?? ''
  return (
    last
      .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
      .trim()
      .slice(0, longestName) || 'unnamed'
  )
}
