import { createContext, type ReactNode, use, useEffect, useState } from 'react'

/** How long words stay on the screen, in milliseconds; they also go to screen readers as a status. */
const shownFor = 5000

const ToastContext = createContext<(words: string | null) => void>(() => {})

/** Says in a corner what was just done, where the screen itself does not show it; nothing takes away what is said. */
export const useToast = (): ((words: string | null) => void) => use(ToastContext)

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState<{ readonly words: string } | null>(null)
  useEffect(() => {
    if (said === null) return undefined
    const timer = setTimeout(() => setSaid(null), shownFor)
    return () => clearTimeout(timer)
  }, [said])
  return (
    <ToastContext value={(words) => setSaid(words === null ? null : { words })}>
      {children}
      <div className="toast" role="status">
        {said !== null && (
          <p>
            <bdi>{said.words}</bdi>
          </p>
        )}
      </div>
    </ToastContext>
  )
}
