import { text } from '../text.ts'
import { useToast } from './toast.tsx'

/** Copies a text, and says what was copied, or that the browser refused. */
export function useCopy(): (name: string, value: string, said?: string) => void {
  const say = useToast()
  return (name, value, said = text.copy.copied(name, value)) => {
    navigator.clipboard.writeText(value).then(
      () => say(said),
      () => say(text.copy.refused),
    )
  }
}
