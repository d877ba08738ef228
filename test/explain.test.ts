import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getZone } from '../src/catalog/zone.ts'
import { explainJobRecord } from '../src/import/explain-job-record.ts'
import type { Explanation } from '../src/import/explanation.ts'
import { submitCommit, submitUndo } from '../src/import/follow-job.ts'
import { ImportRefusal } from '../src/import/refusal.ts'
import { saveRule } from '../src/import/save-rule.ts'
import { formatField } from '../src/rules/field-text.ts'
import type { RuleKind } from '../src/rules/language/rule.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import { book, mrc, type TestJobs, testJobs, vendorFile } from './jobs.ts'

const vendor = vendorFile(400)

/** Explains every record of a job, and names those whose explanation is not what the ledger says. */
async function disagreeing(jobs: TestJobs, job: number): Promise<string[]> {
  const outcomes = await jobs.outcomes(job)
  const wrong: string[] = []
  for (const [at, outcome] of outcomes.entries()) {
    const place = { file: 1, position: at + 1 }
    const { explanation, agrees } = await explainJobRecord(jobs.db, jobs.dataDir, job, place)
    if (!agrees) wrong.push(`${at + 1} ${outcome}: ${JSON.stringify(explanation.trace)}`)
  }
  return wrong
}

test('the explanation of each record of a job comes to what its ledger says, whatever became of the bibs since', async () => {
  const jobs = await testJobs()
  await jobs.loadKnown(vendor)
  const job = await jobs.load({ 'vendor.mrc': vendor.file })
  assert.deepEqual(await disagreeing(jobs, job), [])
  const { job: undo } = await submitUndo(jobs.db, job, null)
  await jobs.run(undo)
  await jobs.load({ 'again.mrc': vendor.file })
  assert.deepEqual(await disagreeing(jobs, job), [])
})

test('a record that a commit left to a person is explained by what the preview had shown', async () => {
  const jobs = await testJobs()
  await jobs.load({ 'old.mrc': mrc([book(1, 'Emma')]) })
  const preview = await jobs.load(
    { 'better.mrc': mrc([book(1, 'Emma', '520 __ $a A summary.'), book(2, 'Persuasion')]) },
    { kind: 'preview' },
  )
  await jobs.load({ 'between.mrc': mrc([book(1, 'Emma', '500 __ $a Somebody was here.')]) })
  const { job: commit } = await submitCommit(jobs.db, preview, null)
  await jobs.run(commit)
  assert.deepEqual(await jobs.outcomes(commit), ['unresolved:PREVIEW_DRIFTED', 'created'])
  assert.deepEqual(await disagreeing(jobs, commit), [])
  await assert.rejects(
    explainJobRecord(jobs.db, jobs.dataDir, preview, { file: 1, position: 1 }),
    (error) => error instanceof ImportRefusal && error.code === 'NOT_AN_IMPORT',
  )
  await assert.rejects(
    explainJobRecord(jobs.db, jobs.dataDir, commit, { file: 1, position: 3 }),
    (error) => error instanceof ImportRefusal && error.code === 'NO_SUCH_RECORD',
  )
})

const ruleFiles: readonly { readonly kind: RuleKind; readonly code: string; readonly text: string }[] = [
  {
    kind: 'normalize',
    code: 'tidy',
    text: [
      'rule "Notes of vendors go"',
      'when',
      '  TRUE',
      'then',
      '  removeField "599"',
      '  replaceContents "245.a.Emma" with "Emma :" if (exists "245")',
      'end',
      'rule "Only of films"',
      'when',
      '  exists "999"',
      'then',
      '  removeField "500"',
      'end',
    ].join('\n'),
  },
  {
    kind: 'merge',
    code: 'keep-subjects',
    text: [
      'rule "Titles and notes are exchanged"',
      'when',
      '  merge',
      'then',
      '  replace MARC."245"',
      '  remove MARC."5"XX',
      '  add MARC."5"XX',
      '  protect MARC."520"',
      'end',
    ].join('\n'),
  },
  {
    kind: 'indication',
    code: 'no-samples',
    text: ['rule "Samples"', 'when', '  exists "598"', 'then', '  set indication."true"', 'end'].join('\n'),
  },
]

/** A catalogue with a bib, rule files and a profile that runs by them, and a job over two records. */
async function ruledJob(): Promise<TestJobs & { readonly job: number }> {
  const jobs = await testJobs()
  const zone = await getZone(jobs.db, 'NZ')
  for (const { kind, code, text } of ruleFiles)
    await saveRule(jobs.db, zone, { kind, code, name: code, text, active: true, shared: false }, { by: null })
  const { normalize, onMatch } = shippedProfile('repository')
  await jobs.profile('ruled', {
    filter: { rule: 'no-samples' },
    normalize: [...normalize, { do: 'rule', rule: 'tidy' }],
    onMatch: { ...onMatch, mergeRule: 'keep-subjects', briefGuard: true },
  })
  await jobs.load({
    'old.mrc': mrc([
      book(1, 'Emme', '500 __ $a Old.', '520 __ $a Ours.', '590 __ $a Gift.', '650 _0 $a England.'),
    ]),
  })
  const job = await jobs.load(
    {
      'new.mrc': mrc([
        book(
          1,
          'Emma',
          '019 __ $a 77',
          '500 __ $a New.',
          '520 __ $a Theirs.',
          '599 __ $a x',
          '650 _0 $a Love.',
        ),
        book(2, 'Sample', '598 __ $a x'),
      ]),
    },
    { profile: 'ruled' },
  )
  return { ...jobs, job }
}

const explained = async ({ db, dataDir, job }: TestJobs & { readonly job: number }, position: number) =>
  explainJobRecord(db, dataDir, job, { file: 1, position })

const fields = (diff: Explanation['normalize'][number]['diff']): string[] =>
  diff.map(
    ({ before, after }) => `${before ? formatField(before) : '-'} → ${after ? formatField(after) : '-'}`,
  )

test('each step of normalisation, and each line of its rule files, says which fields it changed', async () => {
  const jobs = await ruledJob()
  const { explanation, agrees } = await explained(jobs, 1)
  assert.ok(agrees)
  const byStep = new Map(explanation.normalize.map((step) => [step.rule?.code ?? step.step, step]))
  assert.deepEqual(fields(byStep.get('copy-019-to-035z')?.diff ?? []), [
    '035 ## $a (OCoLC)1 → 035 ## $a (OCoLC)1 $z (OCoLC)77',
  ])
  const tidy = byStep.get('tidy')
  assert.equal(tidy?.rule?.version, 1)
  assert.deepEqual(
    tidy?.rules.map(({ place, isMet, lines }) => ({
      line: `${place.line} ${place.text}`,
      isMet,
      lines: lines.map((line) => [`${line.place.line} ${line.place.text}`, ...fields(line.diff)]),
    })),
    [
      {
        line: '1 rule "Notes of vendors go"',
        isMet: true,
        lines: [
          ['5 removeField "599"', '599 ## $a x → -'],
          [
            '6 replaceContents "245.a.Emma" with "Emma :" if (exists "245")',
            '245 10 $a Emma / $c Jane Austen. → 245 10 $a Emma : / $c Jane Austen.',
          ],
        ],
      },
      { line: '8 rule "Only of films"', isMet: false, lines: [] },
    ],
  )
})

test('a merge is told field by field, with the line of the rule that decided', async () => {
  const { merge, result } = (await explained(await ruledJob(), 1)).explanation
  assert.equal(merge?.rule.code, 'keep-subjects')
  assert.deepEqual(
    merge?.fields
      .filter(({ before, incoming }) => /^(245|[56])/.test(before ?? incoming ?? ''))
      .map(({ decision, after, incoming, before, why, line }) => [
        decision,
        after ?? before ?? incoming,
        why,
        ...(line ? [`${line.line} ${line.text}`] : []),
      ]),
    [
      ['replaced', '245 10 $a Emma : / $c Jane Austen.', 'brought', '5 replace MARC."245"'],
      ['replaced', '500 ## $a New.', 'brought', '7 add MARC."5"XX'],
      ['added', '520 ## $a Theirs.', 'brought', '7 add MARC."5"XX'],
      ['kept', '520 ## $a Ours.', 'kept-by-line', '8 protect MARC."520"'],
      ['kept', '590 ## $a Gift.', 'protected'],
      ['kept', '650 #0 $a England.', 'not-meant'],
      ['left', '650 #0 $a Love.', 'not-meant'],
    ],
  )
  assert.deepEqual(fields(result.diff.filter(({ change }) => change === 'added')), ['- → 520 ## $a Theirs.'])
})

test('guards that were passed say what they compared, and a filter which line left the record out', async () => {
  const jobs = await ruledJob()
  const first = (await explained(jobs, 1)).explanation
  assert.equal(first.filter?.isMet, false)
  assert.deepEqual(
    first.guards.map(({ guard, said }) => `${guard} ${said}`),
    ['linked passed', 'locked passed', 'brief passed', 'older off'],
  )
  const brief = first.guards.find(({ guard }) => guard === 'brief')?.traced
  assert.ok(brief?.guard === 'brief' && brief.incoming >= brief.existing)
  const second = (await explained(jobs, 2)).explanation
  assert.deepEqual([second.outcome, second.code], ['filtered', 'FILTERED'])
  assert.deepEqual(
    second.filter?.by && `${second.filter.by.line} ${second.filter.by.text}`,
    '5 set indication."true"',
  )
  assert.deepEqual([second.match, second.merge, second.guards], [null, null, []])
  assert.equal(second.remedy, 'Nothing, where that was meant; else change the filter.')
})

test('each step of the match method says what it looked up, whom it found, and why some were set aside', async () => {
  const jobs = await testJobs()
  const { match, onMatch } = shippedProfile('repository')
  await jobs.profile('apart', { onMatch: { ...onMatch, action: 'import' } })
  await jobs.load({ 'one.mrc': mrc([book(1, 'Emma')]) })
  await jobs.load(
    { 'two.mrc': mrc([book(9, 'Emma, cancelled', '035 __ $z (OCoLC)1')]) },
    { profile: 'apart' },
  )
  await jobs.profile('careful', {
    match: { ...match, multi: { ...match.multi, disregardCommunity: true, disregardCancelled: true } },
  })
  const job = await jobs.load({ 'new.mrc': mrc([book(1, 'Emma', '500 __ $a New.')]) }, { profile: 'careful' })
  const { explanation, agrees } = await explained({ ...jobs, job }, 1)
  assert.ok(agrees)
  const [step] = explanation.match?.steps ?? []
  assert.deepEqual(step?.looked, ['oclc:1'])
  assert.deepEqual(
    step?.candidates
      .map(({ title, by, dropped = null }) => [title, ...by, dropped])
      .toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
    [
      ['Emma', 'oclc:1/a', null],
      ['Emma, cancelled', 'oclc:1/z', 'cancelled-number'],
    ],
  )
  const aside = step?.candidates.find(({ dropped }) => dropped !== undefined)?.mmsId
  assert.deepEqual(step?.settled, [
    { setting: 'disregardCommunity', dropped: [] },
    { setting: 'disregardCancelled', dropped: [aside] },
  ])
})
