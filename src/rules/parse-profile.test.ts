import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearest } from './nearest.ts'
import { parseProfile } from './parse-profile.ts'
import { shippedProfile, shippedProfiles } from './profiles.ts'

const problemsOf = (change: object) => {
  const parsed = parseProfile({ ...shippedProfile('repository'), ...change })
  return parsed.ok ? [] : parsed.problems.map(({ path, message }) => `${path}: ${message}`)
}

test('the shipped profiles are profiles, before and after they are written as JSON', () => {
  for (const profile of shippedProfiles)
    assert.deepEqual(parseProfile(JSON.parse(JSON.stringify(profile))), { ok: true, profile })
})

test('D41: the brief guard is on and the older-version guard off', () => {
  for (const { onMatch } of shippedProfiles)
    assert.deepEqual([onMatch.briefGuard, onMatch.olderVersion], [true, 'disabled'])
})

test('a misspelt name is answered with the one that was meant', () => {
  const profile = shippedProfile('repository')
  assert.deepEqual(problemsOf({ onmatch: 1 }), ['onmatch: is not known; did you mean onMatch?'])
  assert.deepEqual(problemsOf({ match: { ...profile.match, method: 'olcc' } }), [
    'match.method: "olcc" is not known; did you mean oclc?',
  ])
  assert.deepEqual(problemsOf({ validate: { ISBN_INVALD: 'off' } }), [
    'validate.ISBN_INVALD: is not known; did you mean ISBN_INVALID?',
  ])
})

test('every fault is named at once, each with its path', () => {
  assert.deepEqual(
    problemsOf({
      normalize: [
        { do: 'remove-fields', tags: ['029', '9'] },
        { do: 'add-field', field: 'x' },
      ],
      active: 'yes',
      protect: ['$9'],
    }),
    [
      'active: must be true or false, and is "yes"',
      'normalize[0].tags[1]: 9 is no tag; write three characters, X for any',
      'normalize[1].field: x is no field; write it as 590 ## $a Text',
      'protect[0]: $9 is no pattern of fields; write 9XX, 856 $5 or $9 LOCAL',
    ],
  )
})

test('filters are checked as deep as they go', () => {
  assert.deepEqual(
    problemsOf({ filter: { any: [{ not: { field: '6XX', matches: 'a*' } }, { leader: 24, is: 'd' }] } }),
    ['filter.any[1].leader: must be a whole number from 0 to 23, and is 24'],
  )
  let deep: object = { field: '245' }
  for (let level = 0; level < 5000; level++) deep = { not: deep }
  assert.equal(problemsOf({ filter: deep }).length, 1)
})

test('what is no profile at all is refused', () => {
  for (const json of [null, [], 'repository', 1, {}]) assert.equal(parseProfile(json).ok, false)
})

test('a near miss is found by letters left out, put in, changed or swapped; a far one is not', () => {
  const known = ['overlay', 'merge', 'import']
  assert.deepEqual(
    ['overlya', 'merg', 'Importt', 'banana'].map((typed) => nearest(typed, known)),
    ['overlay', 'merge', 'import', null],
  )
  assert.deepEqual(
    ['XX', 'NX', 'NZZ', 'XXZ'].map((typed) => nearest(typed, ['NZ'])),
    [null, 'NZ', 'NZ', null],
  )
})

test('the weights of a feature, and what leaves a record to a person, are named as they are', () => {
  const { match } = shippedProfile('repository')
  const weighted = (settings: object) =>
    problemsOf({ match: { ...match, method: 'weighted', weighted: settings } })
  assert.deepEqual(
    weighted({
      weights: { title: { agree: 30, disagree: -60 }, isbn: { agree: 40 } },
      vetoes: ['carrier'],
      doubts: ['edition'],
      thresholds: { match: 80, review: 50 },
    }),
    [],
  )
  assert.deepEqual(weighted({ weights: { titel: { agree: 30 }, isbn: { agree: -1 } }, vetoes: ['carier'] }), [
    'match.weighted.weights.titel: is not known; did you mean title?',
    'match.weighted.weights.isbn.agree: must be a whole number from 0 to 100, and is -1',
    'match.weighted.vetoes[0]: "carier" is not known; did you mean carrier?',
  ])
  assert.deepEqual(weighted({ thresholds: { match: 40, review: 50 } }), [
    'match.weighted.thresholds.review: is 50 and must not be above match, which is 40',
  ])
})

test('multi-step has steps, and none of them is itself', () => {
  const { match } = shippedProfile('repository')
  const multiStep = (more: object) => problemsOf({ match: { ...match, method: 'multi-step', ...more } })
  assert.deepEqual(multiStep({}), ['match.steps: is missing; multi-step tries the methods listed here'])
  assert.deepEqual(multiStep({ steps: [{ method: 'oclc', for: 'all' }] }), [])
  assert.equal(multiStep({ steps: [{ method: 'multi-step', for: 'all' }] }).length, 1)
})

test('inventory is checked as a whole: what operations need, what a policy has, and where a value comes from', () => {
  const physical = {
    make: 'holdings-and-items',
    policy: 'advanced',
    itemField: '949',
    library: { field: '949', subfield: 'l' },
    location: { default: 'STACKS' },
    bibCallNumber: 'on-new',
  }
  assert.deepEqual(problemsOf({ inventory: { operations: 'physical', physical } }), [])
  assert.deepEqual(problemsOf({ inventory: { operations: 'none' } }), [])
  assert.deepEqual(
    problemsOf({ inventory: { operations: 'mixed', physical: { ...physical, itemField: undefined } } }),
    [
      'inventory.electronic: is missing; mixed operations go by it',
      'inventory.physical.itemField: is missing; by the advanced policy each of these fields is an item',
    ],
  )
  assert.deepEqual(
    problemsOf({
      inventory: {
        operations: 'physical',
        physical: { ...physical, library: { subfield: 'l' }, item: { barcod: { field: '949' } } },
      },
    }),
    [
      'inventory.physical.library: says neither a field nor a default',
      'inventory.physical.library.subfield: has no field that it is of',
      'inventory.physical.item.barcod: is not known; did you mean barcode?',
    ],
  )
})

test('a profile that withdraws portfolios deletes or suppresses bibs, and those of its own zone', () => {
  const inventory = {
    operations: 'electronic',
    electronic: {
      portfolios: 'each',
      url: { field: '856', subfield: 'u' },
      activate: true,
      onDelete: 'delete',
    },
  }
  assert.deepEqual(problemsOf({ inventory, deletes: 'delete' }), [])
  assert.deepEqual(problemsOf({ inventory, deletes: 'not-allowed', useNetworkZone: true }), [
    'inventory.electronic.onDelete: is of profiles that do not use the network zone: its bibs have other portfolios',
    'inventory.electronic.onDelete: is of profiles that delete or suppress',
  ])
})
