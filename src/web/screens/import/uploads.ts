import { useEffect, useRef, useState } from 'react'
import type { StoredFile } from '../../../server/api/file.ts'
import { uploadFile } from '../../api/upload.ts'

/** A file on its way to the server, or there. */
export type Upload = {
  readonly id: number
  readonly file: File
  readonly state:
    | { readonly is: 'sending'; readonly share: number }
    | { readonly is: 'stored'; readonly stored: StoredFile }
    | { readonly is: 'failed'; readonly error: unknown }
}

export type Uploads = {
  readonly list: readonly Upload[]
  readonly add: (files: readonly File[]) => void
  readonly retry: (id: number) => void
  readonly remove: (id: number) => void
}

/** Sends files as soon as they are chosen. Leaving the screen ends what is still on its way. */
export function useUploads(): Uploads {
  const [list, setList] = useState<readonly Upload[]>([])
  const nextId = useRef(1)
  const senders = useRef(new Map<number, AbortController>())

  useEffect(() => {
    const running = senders.current
    return () => {
      for (const sender of running.values()) sender.abort()
    }
  }, [])

  const show = (id: number, state: Upload['state']) =>
    setList((uploads) => uploads.map((upload) => (upload.id === id ? { ...upload, state } : upload)))

  async function send(id: number, file: File): Promise<void> {
    const sender = new AbortController()
    senders.current.set(id, sender)
    try {
      const stored = await uploadFile(file, (share) => show(id, { is: 'sending', share }), sender.signal)
      show(id, { is: 'stored', stored })
    } catch (error) {
      show(id, { is: 'failed', error })
    } finally {
      senders.current.delete(id)
    }
  }

  return {
    list,
    add(files) {
      const added = files.map(
        (file): Upload => ({ id: nextId.current++, file, state: { is: 'sending', share: 0 } }),
      )
      setList((uploads) => [...uploads, ...added])
      for (const { id, file } of added) void send(id, file)
    },
    retry(id) {
      const upload = list.find((one) => one.id === id)
      if (upload === undefined) return
      show(id, { is: 'sending', share: 0 })
      void send(id, upload.file)
    },
    remove(id) {
      senders.current.get(id)?.abort()
      setList((uploads) => uploads.filter((upload) => upload.id !== id))
    },
  }
}
