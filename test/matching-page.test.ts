import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { benchMatch } from '../bench/match.ts'
import { matchMethods } from '../src/rules/match/match-methods.ts'
import { weightedFeatures } from '../src/rules/match/weighted-features.ts'
import { defaultWeighing } from '../src/rules/match/weighing.ts'
import { needsCorpus } from './corpus.ts'
import { labelledPairs } from './labelled.ts'

const page = readFileSync(new URL('../docs/matching.md', import.meta.url), 'utf8')

/** Rows of a table of the page, the cells without their marks. */
const rowsUnder = (heading: string): string[][] => {
  const section = page.split(`\n${heading}\n`)[1] ?? ''
  const [table = ''] = /(?:^\|.*\n)+/m.exec(section) ?? []
  return table
    .trimEnd()
    .split('\n')
    .slice(2)
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | ?\|$|`/g, '').trim()))
}

test('docs/matching.md names every method, every feature and the shipped settings', () => {
  for (const { code } of matchMethods) assert.ok(page.includes(`\`${code}\``), code)
  const { weights, vetoes, doubts, match, review } = defaultWeighing
  assert.deepEqual(
    rowsUnder('## Weighted').map(([feature, agree, disagree]) => [feature, Number(agree), Number(disagree)]),
    weightedFeatures.map((feature) => [feature, weights[feature].agree, weights[feature].disagree]),
  )
  const or = (features: ReadonlySet<string>) => [...features].map((feature) => `\`${feature}\``).join(' or ')
  assert.ok(page.includes(`where ${or(vetoes)} differs wholly`))
  assert.ok(page.includes(`where ${or(doubts)} differs wholly`))
  assert.ok(page.includes(`From **match** on, which is ${match},`))
  assert.ok(page.includes(`From **review** on, which is ${review},`))
})

test('docs/matching.md has the figures that the methods reach', needsCorpus, async () => {
  const count = (label: string) => labelledPairs().filter((pair) => pair.label === label).length
  assert.ok(page.includes(`Measured on ${labelledPairs().length} pairs`))
  assert.ok(page.includes(`${count('same')} are the same, ${count('other')} are not, and ${count('unsure')}`))
  const figures = await benchMatch()
  const percent = (part: number | undefined) =>
    part === undefined || Number.isNaN(part) ? '' : `${Math.round(part * 100)} %`
  assert.deepEqual(
    rowsUnder('## How often they are right'),
    figures
      .filter(({ numbers }) => numbers === 'with')
      .map(({ method, precision, recall }) => {
        const without = figures.find((figure) => figure.method === method && figure.numbers === 'without')
        return [method, ...[precision, recall, without?.precision, without?.recall].map(percent)]
      }),
  )
  const weighted = figures.find(({ method }) => method === 'weighted')
  assert.ok(weighted)
  const { same, other } = weighted
  assert.ok(
    page.includes(
      `leaves ${same.unsure} more to a person; of the ${count('other')} that are not, ${other.unsure}. It matches ${other.match} wrongly`,
    ),
  )
  assert.ok(page.includes(`What it does not find, ${same.none},`))
})
