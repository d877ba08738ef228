import { type Static, Type } from 'typebox'
import { closed, Count, list, nullable } from './shape.ts'

const Subfield = Type.Object({ code: Type.String(), value: Type.String() }, closed)

const ControlField = Type.Object(
  { tag: Type.String(), value: Type.String() },
  { ...closed, title: 'ControlField' },
)

const DataField = Type.Object(
  { tag: Type.String(), ind1: Type.String(), ind2: Type.String(), subfields: list(Subfield) },
  { ...closed, title: 'DataField' },
)

const Field = Type.Union([ControlField, DataField])

export const MarcRecord = Type.Object(
  { leader: Type.String(), fields: list(Field) },
  { ...closed, title: 'MarcRecord', description: 'A MARC 21 record; a blank is U+0020.' },
)
export type MarcRecord = Static<typeof MarcRecord>

/** One line of a comparison: `same` and `changed` have both sides. */
export const FieldDiff = Type.Object(
  {
    change: Type.Enum(['same', 'added', 'removed', 'changed']),
    tag: Type.String({ description: '`LDR` for the leader, which is given as a control field.' }),
    before: nullable(Field),
    after: nullable(Field),
    placeBefore: nullable(Count),
    placeAfter: nullable(Count),
  },
  { ...closed, title: 'FieldDiff' },
)
export type FieldDiff = Static<typeof FieldDiff>
