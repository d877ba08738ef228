import { diffLines } from '../../rules/line-diff.ts'
import { text } from '../text.ts'

/** Lines around a change that are shown with it. */
const around = 3

const signs = { '-': 'removed', '+': 'added', ' ': 'same' } as const

/** What differs between two texts, a line each; said by sign and by word, not by colour alone. */
export function TextDiff(props: { readonly label: string; readonly before: string; readonly after: string }) {
  const lines = diffLines(props.before, props.after)
  const isNear = (at: number) => lines.slice(Math.max(0, at - around), at + around + 1).some(isChange)
  const shown = lines.map((line, at) => ({ ...line, at })).filter(({ at }) => isNear(at))
  if (shown.length === 0) return <p className="none">{text.rule.sameText}</p>
  return (
    <ol className="text-diff" aria-label={props.label}>
      {shown.map(({ sign, text: line, at }, place) => (
        <li
          key={at}
          data-change={signs[sign]}
          data-gap={place > 0 && shown[place - 1]?.at !== at - 1 ? '' : undefined}
        >
          <span aria-hidden="true">{text.diff.signs.change[signs[sign]]}</span>
          <span className="visually-hidden">{text.diff.words.change[signs[sign]]}: </span>
          <bdi>{line}</bdi>
        </li>
      ))}
    </ol>
  )
}

const isChange = ({ sign }: { readonly sign: string }): boolean => sign !== ' '
