import { useEffect } from 'react'
import { text } from '../text.ts'

/** The title of the browser's tab. */
export function useTitle(screen: string): void {
  useEffect(() => {
    document.title = `${screen} · ${text.product}`
  }, [screen])
}
