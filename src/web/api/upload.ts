import type { StoredFile } from '../../server/api/file.ts'
import { away, refusalOf } from './request.ts'

/**
 * Sends a file to the server; it is stored durably when this resolves. `fetch` tells nothing of how much
 * has gone out, so this is an XMLHttpRequest.
 * @param onSent the share sent so far, 0 to 1
 * @throws {Refusal}
 */
export function uploadFile(
  file: File,
  onSent: (share: number) => void,
  signal: AbortSignal,
): Promise<StoredFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/files')
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable && event.total > 0) onSent(event.loaded / event.total)
    })
    request.addEventListener('load', () => {
      if (request.status < 200 || request.status > 299) {
        reject(refusalOf(request.status, request.responseText))
        return
      }
      resolve(JSON.parse(request.responseText) as StoredFile)
    })
    request.addEventListener('error', () => reject(away()))
    signal.addEventListener('abort', () => request.abort())
    const form = new FormData()
    form.append('file', file, file.name)
    request.send(form)
  })
}
