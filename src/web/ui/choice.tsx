import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components'

type Option = { readonly id: string; readonly label: string; readonly kind?: string }

/** One of a few: a button that says what is chosen, and a list. */
export function Choice(props: {
  readonly label: string
  readonly value: string | null
  readonly onChange: (id: string) => void
  readonly options: readonly Option[]
  readonly className?: string
  readonly kind?: string | undefined
  /** What the button says while nothing is chosen. */
  readonly placeholder?: string
}) {
  return (
    <Select
      className={`choice ${props.className ?? ''}`}
      value={props.value}
      onChange={(key) => {
        if (key !== null) props.onChange(String(key))
      }}
    >
      <Label>{props.label}</Label>
      <Button className="button choice-button" data-kind={props.kind}>
        <SelectValue>
          {({ selectedText }) => (props.value === null ? props.placeholder : selectedText)}
        </SelectValue>{' '}
        <span aria-hidden="true">▾</span>
      </Button>
      <Popover className="popover">
        <ListBox className="menu" items={props.options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} data-kind={option.kind}>
              {option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  )
}
