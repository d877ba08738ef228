import { Button } from 'react-aria-components'
import { text } from '../../text.ts'

const words = text.destination

/** Copies a text, and says whether that worked: a browser may refuse. */
export function CopyButton(props: {
  readonly name: string
  readonly value: string
  readonly onSaid: (said: string) => void
  readonly label?: string
}) {
  const { name, value, onSaid, label = words.copy } = props
  return (
    <Button
      className="button small"
      aria-label={words.copyOf(name)}
      onPress={() => {
        navigator.clipboard.writeText(value).then(
          () => onSaid(words.copied(name)),
          () => onSaid(words.notCopied),
        )
      }}
    >
      {label}
    </Button>
  )
}
