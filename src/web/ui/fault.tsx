import { Button } from 'react-aria-components'
import { Refusal } from '../api/request.ts'
import { text } from '../text.ts'

/** What did not work, in words: what happened, what can be done, and what to name when reporting it. */
export function Fault({ error, onAgain }: { readonly error: unknown; readonly onAgain?: () => void }) {
  const refusal = error instanceof Refusal ? error : null
  const message =
    refusal?.message ??
    (error instanceof Error ? `${text.errors.screen} ${error.message}` : text.errors.screen)
  return (
    <div className="fault" role="alert">
      <p>
        <strong>{message}</strong> {refusal?.remedy}
      </p>
      {refusal !== null && refusal.problems.length > 0 && (
        <ul>
          {refusal.problems.map(({ path, message, line, column }) => (
            <li key={`${path} ${line} ${column} ${message}`}>
              {line !== undefined && <>{text.rule.place(line, column ?? 1)} </>}
              {line === undefined && path !== '' && <code>{path}</code>} <bdi>{message}</bdi>
            </li>
          ))}
        </ul>
      )}
      {refusal?.requestId != null && <p>{text.errors.requestId(refusal.requestId)}</p>}
      {onAgain !== undefined && mayPass(refusal) && (
        <Button className="button" onPress={onAgain}>
          {text.errors.again}
        </Button>
      )}
    </div>
  )
}

/** Whether the same may be answered otherwise a moment later: what is wrong with a request stays wrong. */
const mayPass = (refusal: Refusal | null): boolean =>
  refusal === null || refusal.status < 400 || refusal.status >= 500 || refusal.status === 429
