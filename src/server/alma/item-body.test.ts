import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyItem } from '../../inventory/item.ts'
import { AlmaError } from './errors.ts'
import { readItemBody } from './item-body.ts'

const read = (body: string) =>
  readItemBody(
    new TextEncoder().encode(body),
    { library: 'MAIN', location: 'STACKS' },
    { status: emptyItem.status, describe: false },
  )

function refusalOf(body: string): string {
  try {
    read(body)
  } catch (error) {
    assert.ok(error instanceof AlmaError)
    assert.equal(error.code, '40166404')
    return error.message
  }
  assert.fail(`${body} was taken`)
}

test('what is of another shape than its place is refused by its name, and not lost', () => {
  for (const [body, named] of [
    ['{"item_data":5}', /item_data is an object, and not “5”/],
    ['{"item_data":[{"barcode":"1"}]}', /item_data is an object, and not a list/],
    ['{"item_data":{"barcode":{"a":1}}}', /item_data\/barcode is a text: “a” has no place/],
    ['{"item_data":{"barcode":{"value":{"a":1}}}}', /item_data\/barcode is a text: “a” has no place/],
    ['{"item_data":{"barcode":["1","2"]}}', /item_data\/barcode is one text, and not a list/],
    ['{"item_data":{"barcode":12345678901234567890}}', /item_data\/barcode is a number of more digits/],
    ['{"item_data":{"po_line":{"a":1}}}', /item_data\/po_line is a text/],
    ['{"item":{"item_data":{"barcode":"1"}}}', /The JSON is the item itself/],
    ['<item><item_data>5</item_data></item>', /item_data is an object/],
    [
      '<item><item_data><barcode>1</barcode><barcode>2</barcode></item_data></item>',
      /item_data\/barcode is there more than once/,
    ],
    ['<item><item_data><barcode><a>1</a></barcode></item_data></item>', /item_data\/barcode is a text/],
    [
      '<item><holding_data><in_temp_location>maybe</in_temp_location></holding_data></item>',
      /in_temp_location is true or false, and not maybe/,
    ],
  ] as const)
    assert.match(refusalOf(body), named, body)
})

test('what is wrong with a value is told by the name that the API has for it', () => {
  assert.match(refusalOf('{"item_data":{"arrival_date":"soon"}}'), /item_data\/arrival_date /)
  assert.match(
    refusalOf(`{"item_data":{"enumeration_b":"${'x'.repeat(5000)}"}}`),
    /item_data\/enumeration_b must have /,
  )
})

test('JSON that is no object is called so', () => {
  for (const body of ['null', '5', 'true', '"x"', '[]']) assert.match(refusalOf(body), /It is no JSON object/)
})

test('a code stands by itself or in value, and null and numbers are taken as what they say', () => {
  const { policy, barcode, copyNumber } = read(
    '{"holding_data":{"copy_id":2},"item_data":{"policy":{"value":"loan","desc":"Loan"},"barcode":null}}',
  )
  assert.deepEqual([policy, barcode, copyNumber], ['loan', null, '2'])
  assert.equal(
    read('<item><item_data><policy><value>loan</value></policy></item_data></item>').policy,
    'loan',
  )
})
