import { join } from 'node:path'
import { getZone } from '../src/catalog/zone.ts'
import { connect, type ServerAddress } from '../src/db/database.ts'
import { saveProfile } from '../src/import/profile.ts'
import { saveRule } from '../src/import/save-rule.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import { type Figure, paired } from './figure.ts'
import { generate } from './generate.ts'
import { described, held, inCatalogue } from './import.ts'
import { type BenchJob, measureJob } from './job.ts'
import type { BenchServer } from './server.ts'

/** Rules of the kind that libraries write: tidying, local fields, system numbers, a regular expression. */
const normalisation = `
rule "No electronic GMD"
when
  exists "245.h"
then
  removeSubField "245.h"
end

rule "One form of our system number"
when
  exists "035.a.(DLC)*"
then
  replaceContents "035.a.(DLC)  " with "(DLC)"
end

rule "No empty notes"
when
  exists "500"
then
  removeField "500" if (exists "500.a.No notes*")
end

rule "Ours in 710"
when
  not exists "710.a.Superintendent*"
then
  addField "710.{2,-}.a.Superintendent of Documents."
end

rule "Headings of one vocabulary"
when
  exists "650"
then
  removeField "650" if (exists "650.{*,6}")
  removeField "650" if (exists "650.2.fast")
end

rule "Full stops"
priority 5
when
  exists "245.a"
then
  replaceContents "245.a. :" with " :"
end

rule "Secure addresses"
when
  exists "856.u"
then
  replaceContents "856.u" matches "^http://" with "https://"
end

rule "Where it came from"
when
  not exists "955"
then
  addField "955.a.Loaded by the bench"
end

rule "No holdings of others"
when
  exists "9**"
then
  removeField "94*"
  removeField "93*"
end

rule "Language in 041"
when
  existsControl "008.{35,3}.eng" AND not exists "041"
then
  addField "041.{0,-}.a.eng"
end
`

const tags =
  '100 110 111 130 210 222 240 242 246 247 250 255 256 260 264 300 306 310 321 336 337 338 340 362 490 500 501 502 504 505 506 508 510 511 515 516 518 520 521 525 530 533 534 535 536 538 540 546 550 580 588 600 610 611 630 650 651 655 700 710 711 730 740 776 780'

/** A merge rule of 200 lines, in the shape of those that libraries use: one tag after the other. */
function mergeRule(): string {
  const lines = tags
    .split(' ')
    .flatMap((tag) => [
      `  remove MARC."${tag}" if not exists subfield "5"`,
      `  add MARC."${tag}" if does not exist`,
      `  add MARC."${tag}" when MARC."${tag}"."a" contains "edition*"`,
    ])
  return `rule "Tag by tag"
when
  merge
then
  replace MARC."LDR"
  remove MARC."0"XX excluding "001,035"
  add MARC."0"XX excluding "001,035"
  replace MARC."035" when MARC."035"."a" contains "OCoLC" if exists
${lines.join('\n')}
  replace MARC."245" if exists
end
`
}

const ruled = 'ruled'

/** A catalogue with a profile of these rules beside the shipped one, which is the same without. */
async function addRules(address: ServerAddress): Promise<void> {
  const db = connect(address, { max: 2 })
  try {
    const zone = await getZone(db, 'NZ')
    const file = { active: true, shared: false }
    const texts = { normalize: normalisation, merge: mergeRule() } as const
    for (const kind of ['normalize', 'merge'] as const)
      await saveRule(
        db,
        zone,
        { ...file, kind, code: 'bench', name: 'The bench', text: texts[kind] },
        { by: null },
      )
    const shipped = shippedProfile('repository')
    const profile = {
      ...shipped,
      code: ruled,
      normalize: [...shipped.normalize, { do: 'rule', rule: 'bench' } as const],
      onMatch: { ...shipped.onMatch, mergeRule: 'bench' },
    }
    await saveProfile(db, zone, profile, null)
  } finally {
    await db.close()
  }
}

type Round = Readonly<Record<'import' | 'ruledImport' | 'merge' | 'ruledMerge', number>>

/** What rules cost: new records, and a new edition of each, with ten rules of normalisation and a merge rule of 200 lines, beside the same without. */
export async function benchRules(
  server: BenchServer,
  records: number,
  rounds: number,
  say: (text: string) => void,
): Promise<Figure[]> {
  const first = join(server.folder, 'first.mrc')
  const second = join(server.folder, 'second.mrc')
  await generate(first, { records })
  await generate(second, { records }, 1)
  const done: Round[] = []
  for (let round = 1; round <= rounds; round++) {
    const rates = (profile: string) =>
      inCatalogue(server, async (address) => {
        await addRules(address)
        const rate = async (what: string, path: string, outcome: string): Promise<number> => {
          const job: BenchJob = { address, dataDir: server.folder, path, kind: 'import', profile }
          const figures = held(await measureJob(job), outcome)
          say(`round ${round}: ${what} by ${profile} ${described(figures)}`)
          return figures.records / figures.seconds
        }
        return {
          created: await rate('import', first, 'created'),
          merged: await rate('merge', second, 'merged'),
        }
      })
    const plain = await rates('repository')
    const withRules = await rates(ruled)
    done.push({
      import: plain.created,
      ruledImport: withRules.created,
      merge: plain.merged,
      ruledMerge: withRules.merged,
    })
  }
  const pairs = (own: keyof Round, peer: keyof Round) =>
    done.map((round) => ({ own: round[own], peer: round[peer] }))
  const unit = 'records/s'
  return [
    paired('import with ten rules', unit, 'without', pairs('ruledImport', 'import'), 0.75),
    paired('merge by a rule of 200 lines', unit, 'without', pairs('ruledMerge', 'merge'), 0.75),
  ]
}
