import type { JunkCode, RejectCode, RepairCode } from '../../src/marc/frame.ts'
import { encodeMarc8 } from '../../src/marc/marc8/encode.ts'
import { packField, unpackField } from '../../src/marc/packed.ts'
import type { Field, MarcRecord } from '../../src/marc/record.ts'
import { type RawField, type RawRecord, rawBytes, rawRecord, utf8 } from '../raw-record.ts'
import { recordOf } from '../record-of.ts'

/** A sound record in one script and one encoding. */
export type Sample = {
  readonly script: Script
  readonly encoding: 'utf-8' | 'marc-8'
  readonly record: MarcRecord
}

type Script = 'Latin' | 'Chinese and Japanese' | 'Arabic' | 'Hebrew'

/** One kind of damage to one record, and what a reader has to make of it. */
export type Damage = {
  readonly rule: string
  /** The damaged record with what surrounds it; nothing where the damage cannot be done to the sample. */
  readonly bytes: (sample: Sample) => Uint8Array | null
  /** What the record is then; as it was, if not said. */
  readonly becomes?: (record: MarcRecord) => MarcRecord
  readonly rejected?: RejectCode
  /** All repairs that are to be named, in any order. */
  readonly repairs?: readonly RepairCode[]
  readonly junk?: readonly JunkCode[]
}

const texts: Readonly<Record<Script, readonly [name: string, title: string, rest: string, by: string]>> = {
  Latin: ['Camus, Albert, 1913-1960.', "L'étranger à Noël", "récit d'un été", 'préface de François Çelik.'],
  'Chinese and Japanese': ['夏目, 漱石, 1867-1916.', '吾輩は猫である', '日本の物語', '夏目漱石 著.'],
  Arabic: ['محفوظ, نجيب, 1911-2006.', 'بين القصرين', 'رواية', 'نجيب محفوظ.'],
  Hebrew: ['עגנון, שמואל, 1888-1970.', 'תמול שלשום', 'רומאן', 'שמואל עגנון.'],
}

/** A record in every script and encoding; those of one script differ in their number alone. */
export function samples(number: number): Sample[] {
  return (Object.keys(texts) as Script[]).flatMap((script) => {
    const [name, title, rest, by] = texts[script]
    const record = recordOf(
      `001 ocm0012345${number}`,
      '003 OCoLC',
      '008 850101s1942    fr            000 1 fre d',
      `035    $a (OCoLC)12345${number}`,
      `100 1  $a ${name}`,
      `245 10 $a ${title} ${number} : $b ${rest} / $c ${by}`,
      '300    $a 159 p. ; $c 18 cm',
      '650  0 $a Fiction.',
      `700 1  $a ${name}`,
    )
    return (['utf-8', 'marc-8'] as const).map((encoding) => ({ script, encoding, record }))
  })
}

/** Indicators and subfields, or the value, as they stand in ISO 2709. */
export const contentOf = (field: Field): string => packField(field).slice(3)

const encoderOf = ({ encoding }: Sample) => (encoding === 'utf-8' ? utf8 : encodeMarc8)

const leaderOf = ({ encoding }: Sample) => leaderWith(encoding === 'utf-8' ? 'a' : ' ')

export const leaderWith = (leader09: string) => `00000nam ${leader09}2200000 a 4500`

export const rawFields = (sample: Sample): RawField[] =>
  sample.record.fields.map((field) => [field.tag, encoderOf(sample)(contentOf(field))])

export const raw = (sample: Sample, fields = rawFields(sample)): RawRecord =>
  rawRecord(fields, leaderOf(sample))

export const soundBytes = (sample: Sample): Uint8Array => rawBytes(raw(sample))

/** The place of a tag's first entry, which is that of its field too. */
export const place = (record: RawRecord, tag: string): number =>
  record.entries.findIndex((each) => each.startsWith(tag))

/** The record with pieces of its bytes changed, and nothing else brought into line. */
export const pieces = (change: (record: RawRecord) => Partial<RawRecord>) => (sample: Sample) => {
  const record = raw(sample)
  return rawBytes({ ...record, ...change(record) })
}

/** The record with bytes of a field changed, all lengths right. */
export const bytesOf = (tag: string, change: (content: Uint8Array) => Uint8Array) => (sample: Sample) =>
  rawBytes(
    raw(
      sample,
      rawFields(sample).map(([each, content]) => [each, each === tag ? change(content) : content]),
    ),
  )

/** The record with characters of a field changed, all lengths right. */
export const textOf = (tag: string, change: (content: string) => string) => (sample: Sample) =>
  rawBytes(
    raw(
      sample,
      sample.record.fields.map((field) => [
        field.tag,
        encoderOf(sample)(field.tag === tag ? change(contentOf(field)) : contentOf(field)),
      ]),
    ),
  )

/** The record that is expected, with fields of a tag changed; without them where nothing is given. */
export const withField =
  (tag: string, change: (content: string) => string | null) =>
  (record: MarcRecord): MarcRecord => ({
    ...record,
    fields: record.fields.flatMap((field) => {
      if (field.tag !== tag) return [field]
      const changed = change(contentOf(field))
      return changed === null ? [] : [unpackField(tag + changed)]
    }),
  })

/** The same damage where the text is in one encoding, or in one script. */
export const only =
  (of: Partial<Sample>, bytes: Damage['bytes']): Damage['bytes'] =>
  (sample) =>
    (of.encoding ?? sample.encoding) === sample.encoding && (of.script ?? sample.script) === sample.script
      ? bytes(sample)
      : null
