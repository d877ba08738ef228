import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatField } from '../../rules/field-text.ts'
import { readPasted } from './read-pasted.ts'

async function fieldsOf(text: string): Promise<readonly string[]> {
  const pasted = await readPasted(text)
  assert.equal(pasted.is, 'record')
  return pasted.is === 'record' ? pasted.record.fields.map(formatField) : []
}

test('fields are read with any of the marks that people write before a code', async () => {
  const emma = ['245 10 $a Emma / $c Jane Austen.']
  for (const line of [
    '245 10 $a Emma / $c Jane Austen.',
    '245 10 ‡a Emma / ‡c Jane Austen.',
    '245 10 |a Emma / |c Jane Austen.',
    '245 10 $aEmma / $cJane Austen.',
    '245 10 Emma / ‡c Jane Austen.',
  ])
    assert.deepEqual(await fieldsOf(line), emma, line)
})

test('a leader among the lines is the record’s, blanks written as anything', async () => {
  const pasted = await readPasted('LDR 00000nam#a2200000#a#4500\n\n020 __ $a 9780141439587')
  assert.equal(pasted.is === 'record' && pasted.record.leader, '00000nam a2200000 a 4500')
})

test('MarcEdit text, MARCXML and MARC-in-JSON are told by what they are', async () => {
  assert.deepEqual(await fieldsOf('=LDR  00000nam a2200000 a 4500\n=245  10$aEmma.\n'), ['245 10 $a Emma.'])
  assert.deepEqual(
    await fieldsOf(
      '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader>' +
        '<datafield tag="245" ind1="1" ind2="0"><subfield code="a">Emma.</subfield></datafield></record>',
    ),
    ['245 10 $a Emma.'],
  )
  assert.deepEqual(
    await fieldsOf(
      '{"leader":"00000nam a2200000 a 4500","fields":[{"245":{"ind1":"1","ind2":"0","subfields":[{"a":"Emma."}]}}]}',
    ),
    ['245 10 $a Emma.'],
  )
})

test('a line that is no field is named, and what is no MARC at all says so', async () => {
  assert.deepEqual(await readPasted('245 10 $a Emma.\nhello'), { is: 'no-field', line: 2, text: 'hello' })
  assert.equal((await readPasted('hello world')).is, 'unreadable')
  assert.deepEqual(await readPasted(' \n'), { is: 'nothing' })
})
