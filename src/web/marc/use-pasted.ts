import { useEffect, useState } from 'react'
import { type Pasted, readPasted } from './read-pasted.ts'

const nothing: Pasted = { is: 'nothing' }

/** What a text comes to as a record; while it is being read, what it came to before. */
export function usePasted(text: string): Pasted {
  const [pasted, setPasted] = useState(nothing)
  useEffect(() => {
    let isOvertaken = false
    void readPasted(text).then((read) => {
      if (!isOvertaken) setPasted(read)
    })
    return () => {
      isOvertaken = true
    }
  }, [text])
  return text.trim() === '' ? nothing : pasted
}
