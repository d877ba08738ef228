import { Input, Label, TextField } from 'react-aria-components'

/** The name of a set, asked for first in the dialog that gives it one. */
export function SetName(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (name: string) => void
}) {
  const { label, value, onChange } = props
  return (
    <TextField className="text-field" value={value} onChange={onChange} maxLength={200} autoFocus isRequired>
      <Label>{label}</Label>
      <Input />
    </TextField>
  )
}
