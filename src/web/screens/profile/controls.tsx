import { Input, Label, NumberField, Switch, Text, TextArea, TextField } from 'react-aria-components'
import { Choice } from '../../ui/choice.tsx'

/** The words of a closed list as options, in its order. */
export const optionsOf = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([id, label]) => ({ id, label }))

/** One of a closed list. */
export function OneOf<Value extends string>(props: {
  readonly label: string
  readonly value: Value
  readonly names: Readonly<Record<Value, string>>
  readonly onChange: (value: Value) => void
}) {
  const { label, value, names, onChange } = props
  return (
    <Choice
      label={label}
      value={value}
      onChange={(next) => {
        if (isOf(names, next)) onChange(next)
      }}
      options={optionsOf(names)}
    />
  )
}

const isOf = <Value extends string>(names: Readonly<Record<Value, string>>, word: string): word is Value =>
  Object.hasOwn(names, word)

export function OnOff(props: {
  readonly label: string
  readonly meaning?: string
  readonly value: boolean
  readonly onChange: (value: boolean) => void
}) {
  return (
    <Switch className="switch" isSelected={props.value} onChange={props.onChange}>
      <span className="switch-track" aria-hidden="true" />
      <span>
        {props.label} {props.meaning !== undefined && <small>{props.meaning}</small>}
      </span>
    </Switch>
  )
}

export function Words(props: {
  readonly label: string
  readonly meaning?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly rows?: number
  readonly className?: string
}) {
  const { label, meaning, value, onChange, rows, className = '' } = props
  return (
    <TextField className={`text-field ${className}`} value={value} onChange={onChange}>
      <Label>{label}</Label>
      {rows === undefined ? <Input /> : <TextArea rows={rows} />}
      {meaning !== undefined && <Text slot="description">{meaning}</Text>}
    </TextField>
  )
}

/** A whole number; `label` is spoken where a table has the words. */
export function Whole(props: {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
  readonly isLabelSpoken?: boolean
}) {
  const { label, value, onChange, isLabelSpoken = false } = props
  return (
    <NumberField
      className="text-field whole"
      value={value}
      minValue={-100}
      maxValue={100}
      onChange={(next) => {
        if (Number.isInteger(next)) onChange(next)
      }}
      {...(isLabelSpoken ? { 'aria-label': label } : {})}
    >
      {!isLabelSpoken && <Label>{label}</Label>}
      <Input />
    </NumberField>
  )
}
