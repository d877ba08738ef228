import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseField } from './field-text.ts'
import { linkedFields } from './linkage.ts'

function linked(...lines: readonly string[]) {
  const fields = lines.map((line) => {
    const field = parseField(line)
    assert.ok(field)
    return field
  })
  return linkedFields({ leader: '00000nam a2200000 a 4500', fields }).map(({ field, tag, others }) => ({
    is: `${tag} of ${field.tag}`,
    others: others.map((other) => `${other.field.subfields[1]?.value} ${other.lang} ${other.dir}`),
  }))
}

test('an 880 stands under the field that it goes with, in the direction of its script', () => {
  assert.deepEqual(
    linked(
      '100 1# $6 880-01 $a Oz',
      '245 10 $6 880-02 $a Sipur',
      '500 ## $a A note.',
      '880 10 $6 245-02/(2/r $a סיפור',
      '880 1# $6 100-01/(2/r $a עוז',
    ),
    [
      { is: '100 of 100', others: ['עוז und-Hebr rtl'] },
      { is: '245 of 245', others: ['סיפור und-Hebr rtl'] },
      { is: '500 of 500', others: [] },
    ],
  )
})

test('the script may be a code of ISO 15924; one of several languages is not guessed at', () => {
  assert.deepEqual(
    linked('245 10 $6 880-01 $a Na han', '880 10 $6 245-01/$1 $a 呐喊').map(({ others }) => others),
    [['呐喊 null ltr']],
  )
  assert.deepEqual(
    linked('245 10 $6 880-01 $a Godana', '880 10 $6 245-01/Deva $a गोदान').map(({ others }) => others),
    [['गोदान und-Deva ltr']],
  )
})

test('where no orientation is given, the first letter tells', () => {
  assert.deepEqual(
    linked('245 10 $6 880-01 $a Kitab', '880 10 $6 245-01 $a «كتاب» one').map(({ others }) => others),
    [['«كتاب» one null rtl']],
  )
})

test('an 880 without a partner stands by itself under the tag that it names, and none is lost', () => {
  assert.deepEqual(
    linked('880 ## $6 500-00/$1 $a 注記', '880 10 $6 245-07/$1 $a 題', '880 10 $6 nonsense $a x').map(
      ({ is }) => is,
    ),
    ['500 of 880', '245 of 880', '880 of 880'],
  )
})

test('one 880 that two fields name is shown once', () => {
  assert.deepEqual(
    linked('700 1# $6 880-03 $a A', '700 1# $6 880-03 $a B', '880 1# $6 700-03 $a あ').map(
      ({ others }) => others.length,
    ),
    [1, 0],
  )
})
