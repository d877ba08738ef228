import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getZone } from '../src/catalog/zone.ts'
import { setBriefRule } from '../src/import/brief-rule.ts'
import { getIssue, listIssues } from '../src/import/issues.ts'
import { submitUndo } from '../src/import/follow-job.ts'
import { saveProfile } from '../src/import/profile.ts'
import { resolveIssue } from '../src/import/resolve-issue.ts'
import { type RuleDraft, saveRule } from '../src/import/save-rule.ts'
import { unpack } from '../src/marc/packed.ts'
import { formatField } from '../src/rules/field-text.ts'
import type { ImportProfile } from '../src/rules/import-profile.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import type { Trace } from '../src/rules/trace.ts'
import { book, mrc, testJobs } from './jobs.ts'

const jobs = await testJobs()
const { db, dataDir } = jobs
const network = await getZone(db, 'NZ')

const saveText = (
  kind: RuleDraft['kind'],
  code: string,
  lines: readonly string[],
  more: Partial<RuleDraft> = {},
) =>
  saveRule(
    db,
    network,
    { kind, code, name: code, text: `${lines.join('\n')}\n`, active: true, shared: false, ...more },
    { by: null },
  )

const rule = (when: string, ...actions: readonly string[]): string[] => [
  'rule "one"',
  'when',
  `  ${when}`,
  'then',
  ...actions.map((action) => `  ${action}`),
  'end',
]

async function saveRuled(code: string, more: Partial<ImportProfile>): Promise<void> {
  await saveProfile(db, network, { ...shippedProfile('repository'), code, ...more }, null)
}

const traceOf = async (job: number, position = 1): Promise<Trace | null> => {
  const [row] = await db.query<{ trace: Trace | null }>(
    `select trace from import_record where job_id = $1 and position = $2`,
    [job, position],
  )
  return row?.trace ?? null
}

const linesOf = async (oclc: number): Promise<string[]> => {
  const [row] = await db.query<{ record: string }>(
    `select b.record from bib b join match_key k using (zone_id, mms_id) where k.kind = 'oclc' and k.value = $1`,
    [String(oclc)],
  )
  return unpack(row?.record ?? '').fields.map(formatField)
}

test('a record is normalised by the rule files of its profile, and the trace names file and line', async () => {
  await saveText('normalize', 'no-stamps', rule('exists "500"', 'removeField "500.a.*stamp*"'))
  await saveRuled('tidied', { normalize: [{ do: 'rule', rule: 'no-stamps' }] })
  await jobs.load({ 'known.mrc': mrc([book(101, 'Emma')]) })
  const file = mrc([book(101, 'Emma again', '500 __ $a With a stamp.'), book(102, 'Persuasion')])
  const job = await jobs.load({ 'tidy.mrc': file }, { profile: 'tidied' })
  assert.deepEqual(await jobs.outcomes(job), ['merged', 'created'])
  assert.deepEqual((await traceOf(job))?.normalized, ['no-stamps:5: - 500 ## $a With a stamp.'])
  assert.ok(!(await linesOf(101)).some((line) => line.startsWith('500')))
})

test('a record that an indication rule leaves out says by which line', async () => {
  await saveText('indication', 'no-videos', rule('exists "300.a.*videodisc*"', 'set indication."true"'))
  await saveRuled('filtered', { filter: { any: [{ field: '999' }, { rule: 'no-videos' }] } })
  const file = mrc([book(111, 'Emma', '300 __ $a 1 videodisc'), book(112, 'Persuasion')])
  const job = await jobs.load({ 'films.mrc': file }, { profile: 'filtered' })
  assert.deepEqual(await jobs.outcomes(job), ['filtered:FILTERED', 'created'])
  assert.deepEqual((await traceOf(job))?.filtered, { rule: 'no-videos', line: 5 })
})

/** Doubles the title until it is longer than a field may be. */
const doubling = Array.from({ length: 24 }, () => 'suffixSubField "245.a" with "245.a"')

test('a record that a rule breaks on is unresolved with rule and line, and its neighbours are imported', async () => {
  await saveText('normalize', 'doubling', rule('exists "500.a.Double*"', ...doubling))
  await saveRuled('broken', { normalize: [{ do: 'rule', rule: 'doubling' }] })
  const file = mrc([book(121, 'Emma', '500 __ $a Double me.'), book(122, 'Persuasion')])
  const job = await jobs.load({ 'broken.mrc': file }, { profile: 'broken' })
  assert.deepEqual(await jobs.outcomes(job), ['unresolved:RULE_FAILED', 'created'])
  const failed = (await traceOf(job))?.failed
  assert.equal(failed?.rule, 'doubling')
  assert.ok((failed?.line ?? 0) > 5)
  assert.match(failed?.why ?? '', /longer than the limit/)
})

test('what a rule has failed on is settled by the rule as it has been mended', async () => {
  const [issue] = (await listIssues(db, { code: 'RULE_FAILED', open: true, limit: 10 })).slice(-1)
  assert.ok(issue)
  const settle = () => resolveIssue(db, dataDir, issue.id, { as: 'create', by: null })
  const shown = await getIssue(db, dataDir, issue.id)
  assert.deepEqual(shown.prepared, shown.incoming, 'it is shown as it came')
  await assert.rejects(settle, /A rule could not be carried out/)
  await saveText('normalize', 'doubling', rule('exists "500.a.Double*"', 'removeField "500"'))
  assert.equal((await settle()).resolution, 'create')
  assert.ok(!(await linesOf(121)).some((line) => line.startsWith('500')))
})

test('a merge rule that takes too much of a record is ended, and the record is left to a person', async () => {
  const hostile = Array.from(
    { length: 60 },
    () => 'remove MARC."500" when MARC."500"."a" matches "(x+x+)+[yz]$"',
  )
  await saveText('merge', 'hostile', rule('merge', ...hostile))
  await saveRuled('hostile', {
    onMatch: { ...shippedProfile('repository').onMatch, mergeRule: 'hostile' },
  })
  await jobs.load({ 'first.mrc': mrc([book(131, 'Emma', `500 __ $a ${'x'.repeat(9000)}`)]) })
  const [known] = await db.query<{ mmsId: string }>(
    `select mms_id as "mmsId" from match_key where kind = 'oclc' and value = '131'`,
  )
  // So long a note comes by no ISO 2709; a bib may have it all the same.
  await db.execute(
    `update bib set record = replace(record, repeat('x', 9000), repeat('x', 900000)) where mms_id = $1`,
    [known?.mmsId],
  )
  const file = mrc([book(131, 'Emma', '520 __ $a Better.'), book(132, 'Persuasion')])
  const job = await jobs.load({ 'second.mrc': file }, { profile: 'hostile' })
  assert.deepEqual(await jobs.outcomes(job), ['unresolved:RULE_FAILED', 'created'])
  const trace = await traceOf(job)
  assert.equal(trace?.failed?.rule, 'hostile')
  assert.match(trace?.failed?.why ?? '', /used up/)
  const [issue] = await listIssues(db, { job, open: true, limit: 1 })
  assert.deepEqual(issue?.candidates, [known?.mmsId])
})

test('a job runs by the rules that it was submitted with, whatever becomes of them', async () => {
  await saveText('normalize', 'marking', rule('TRUE', 'addField "590.a.First"'))
  await saveRuled('marked', { normalize: [{ do: 'rule', rule: 'marking' }] })
  const waiting = await jobs.submit({ 'one.mrc': mrc([book(141, 'Emma')]) }, { profile: 'marked' })
  await saveText('normalize', 'marking', rule('TRUE', 'addField "590.a.Second"'))
  assert.equal(await jobs.run(waiting), 'completed')
  assert.ok((await linesOf(141)).includes('590 ## $a First'))
  await jobs.load({ 'two.mrc': mrc([book(142, 'Persuasion')]) }, { profile: 'marked' })
  assert.ok((await linesOf(142)).includes('590 ## $a Second'))
})

test('the trace names the version of the merge rule, and the same file by a changed rule is not taken for the same again', async () => {
  const keep = (...lines: readonly string[]) => rule('merge', 'replace MARC."245"', ...lines)
  await saveText('merge', 'titles', keep())
  await saveRuled('titled', { onMatch: { ...shippedProfile('repository').onMatch, mergeRule: 'titles' } })
  await jobs.load({ 'known.mrc': mrc([book(151, 'Emma')]) })
  // Led through two records of one file: the first of them is passed over when the file comes again.
  const file = mrc([
    book(151, 'Emma, first', '520 __ $a First summary.'),
    book(151, 'Emma, second', '520 __ $a Second summary.'),
  ])
  const first = await jobs.load({ 'twice.mrc': file }, { profile: 'titled' })
  assert.deepEqual(await jobs.outcomes(first), ['merged', 'merged'])
  assert.equal((await traceOf(first))?.rule, 'titles@1')
  const again = await jobs.load({ 'twice.mrc': file }, { profile: 'titled' })
  assert.deepEqual(await jobs.outcomes(again), ['unchanged', 'unchanged'])
  await saveText('merge', 'titles', keep('add MARC."520"'))
  const changed = await jobs.load({ 'twice.mrc': file }, { profile: 'titled' })
  assert.deepEqual(await jobs.outcomes(changed), ['merged', 'merged'])
  assert.equal((await traceOf(changed))?.rule, 'titles@2')
  assert.deepEqual(
    (await linesOf(151)).filter((line) => line.startsWith('520')),
    ['520 ## $a First summary.', '520 ## $a Second summary.'],
  )
})

test('the guard levels the record and the bib by the zone’s rule of now, whatever the bib was saved by', async () => {
  const levelOf = async (oclc: number) => {
    const [row] = await db.query<{ level: number }>(
      `select b.brief_level as level from bib b join match_key k using (zone_id, mms_id) where k.kind = 'oclc' and k.value = $1`,
      [String(oclc)],
    )
    return row?.level
  }
  await jobs.load({ 'saved.mrc': mrc([book(161, 'Emma', '520 __ $a Told at length.')]) })
  const before = await levelOf(161)
  await saveText('brief-level', 'summaries', [
    ...rule('exists "520"', 'set brief_level."09"'),
    ...rule('TRUE', 'set brief_level."02"').map((line) => line.replace('one', 'two')),
  ])
  await setBriefRule(db, network, 'summaries')
  assert.equal(await levelOf(161), before, 'a level is that of the last save')
  const briefer = await jobs.load({ 'briefer.mrc': mrc([book(161, 'Emma, again')]) })
  assert.deepEqual(await jobs.outcomes(briefer), ['not_imported:NOT_ADDED_BRIEF'])
  assert.deepEqual((await traceOf(briefer))?.guard, { guard: 'brief', existing: 9, incoming: 2 })
  const fuller = await jobs.load({ 'fuller.mrc': mrc([book(161, 'Emma, anew', '520 __ $a Told anew.')]) })
  assert.deepEqual(await jobs.outcomes(fuller), ['merged'])
  assert.equal(await levelOf(161), 9)
  const { job: undo } = await submitUndo(db, fuller, null)
  assert.equal(await jobs.run(undo), 'completed')
  assert.equal(await levelOf(161), 9, 'what an undo saves is levelled by the rule of now')
  await setBriefRule(db, network, 'encoding-and-content')
})

test('every invariant holds after all that', async () => {
  assert.deepEqual(await jobs.unsound(), [])
})
