import { getZone, listZones, type Zone } from '../../catalog/zone.ts'
import type { Database } from '../../db/database.ts'
import { findRule, listRules, listRuleVersions, listVisibleRules } from '../../import/rule-file.ts'
import { checkRule, readRule as readRuleText, tryRule } from '../../import/rule-process.ts'
import { findRuleUses } from '../../import/rule-use.ts'
import { saveRule } from '../../import/save-rule.ts'
import { kindNames } from '../../rules/kind-names.ts'
import type { RuleKind } from '../../rules/language/rule.ts'
import { shippedRules } from '../../rules/shipped-rules.ts'
import { shippedText } from '../../rules/shipped-text.ts'
import { ApiError } from '../api/error.ts'
import {
  CheckedRule,
  type ListedRule,
  ListedRules,
  type Rule,
  RuleDraft,
  RuleListQuery,
  RuleParams,
  RuleQuery,
  Rules,
  RuleToCheck,
  RuleToTry,
  TriedRule,
  WholeRule,
} from '../api/rule.ts'
import { ZoneParams } from '../api/zone.ts'
import { actorOfRequest, byOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { zonesShown } from '../hold-to.ts'
import { notFound } from '../refusal.ts'

export function ruleRoutes(app: App, { db }: ServerContext): void {
  app.get(
    '/api/rules',
    {
      config: { access: 'signed-in' },
      schema: {
        tags: ['import'],
        summary:
          'The rule files of all zones whose catalogue one sees, and the rules that are built in, each with who uses it',
        querystring: RuleListQuery,
        response: { 200: ListedRules, '4xx': ApiError },
      },
    },
    async (request) => {
      const { kind } = request.query
      const seen = await zonesShown(db, actorOfRequest(request), await listZones(db))
      const rules: ListedRule[] = []
      for (const rule of await listRules(db, kind)) {
        const zone = seen.find(({ code }) => code === rule.zone)
        if (zone === undefined) continue
        const usedBy = await findRuleUses(db, zone, rule.kind, rule.code)
        rules.push({ ...rule, description: null, hasErrors: await hasErrors(db, zone, rule), usedBy })
      }
      const shipped = shippedRules.filter((rule) => kind === undefined || rule.kind === kind)
      return [...rules, ...shipped.map((rule) => ({ ...rule, ...builtIn, hasErrors: false, usedBy: [] }))]
    },
  )

  app.get(
    '/api/zones/:zone/rules',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['import'],
        summary: 'The rules that a zone’s profiles may name, and rule files of its own that are not active',
        description:
          'Where several have one code, the zone’s own is used, else the network’s, else that of the member whose code comes first.',
        params: ZoneParams,
        querystring: RuleListQuery,
        response: { 200: Rules, '4xx': ApiError },
      },
    },
    async ({ params, query: { kind } }) => [
      ...(await listVisibleRules(db, await getZone(db, params.zone), kind)).map((rule) => ({
        ...rule,
        description: null,
      })),
      ...shippedRules
        .filter((rule) => kind === undefined || rule.kind === kind)
        .map((rule) => ({ ...rule, ...builtIn })),
    ],
  )

  app.get(
    '/api/zones/:zone/rules/:kind/:code',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['import'],
        summary:
          'A rule file of a zone, with what is wrong with it, its tests, and who uses it; or a built-in rule',
        params: RuleParams,
        querystring: RuleQuery,
        response: { 200: WholeRule, '4xx': ApiError },
      },
    },
    async ({ params: { zone, kind, code }, query: { version } }) =>
      readRule(db, await getZone(db, zone), kind, code, version),
  )

  app.put(
    '/api/zones/:zone/rules/:kind/:code',
    {
      config: { access: { may: 'rule.edit', in: 'zone' } },
      schema: {
        tags: ['import'],
        summary: 'Adds a rule file, or a version of it',
        description:
          'One with an error is refused with INVALID_RULE, its problems with line and column, unless it is saved as not active.',
        params: RuleParams,
        body: RuleDraft,
        response: { 200: WholeRule, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params, body } = request
      const zone = await getZone(db, params.zone)
      const { kind, code } = params
      await saveRule(db, zone, { kind, code, ...body }, { by: byOf(request) })
      return readRule(db, zone, kind, code)
    },
  )

  app.post(
    '/api/rules/check',
    {
      config: { access: 'signed-in' },
      schema: {
        tags: ['import'],
        summary: 'Says what is wrong with a text of rules, and runs its tests; nothing is saved',
        body: RuleToCheck,
        response: { 200: CheckedRule, '4xx': ApiError },
      },
    },
    ({ body }) => checkRule(body),
  )

  app.post(
    '/api/rules/try',
    {
      config: { access: 'signed-in' },
      schema: {
        tags: ['import'],
        summary: 'Carries out a text of rules on a record, and tells what each line did; nothing is saved',
        body: RuleToTry,
        response: { 200: TriedRule, '4xx': ApiError },
      },
    },
    ({ body: { existing = null, ...rule } }) => tryRule({ ...rule, existing }),
  )
}

const builtIn = {
  zone: null,
  version: null,
  active: true,
  shared: true,
  changedAt: null,
  changedBy: null,
} as const

/** One that is active was saved without errors. */
async function hasErrors(
  db: Database,
  zone: Zone,
  { active, kind, code }: Pick<Rule, 'active' | 'kind' | 'code'>,
): Promise<boolean> {
  if (active) return false
  const rule = await findRule(db, zone, kind, code)
  if (rule === undefined) return false
  const problems = await readRuleText(rule)
  return problems.some(({ severity }) => severity === 'error')
}

async function readRule(
  db: Database,
  zone: Zone,
  kind: RuleKind,
  code: string,
  version?: number,
): Promise<WholeRule> {
  const shipped = shippedRules.find((each) => each.kind === kind && each.code === code)
  if (shipped) {
    const text = shippedText(kind, code) ?? ''
    return { ...shipped, ...builtIn, text, problems: [], tests: [], usedBy: [], versions: [] }
  }
  const rule =
    (await findRule(db, zone, kind, code, version)) ??
    notFound(
      `${zone.code} has no ${kindNames[kind]} ${code}${version === undefined ? '' : ` of version ${version}`}.`,
    )
  const { problems, tests } = await checkRule(rule)
  return {
    ...rule,
    description: null,
    problems,
    tests,
    usedBy: await findRuleUses(db, zone, kind, code),
    versions: (await listRuleVersions(db, zone, kind, code)).map(
      ({ zone: _zone, kind: _kind, code: _code, ...each }) => each,
    ),
  }
}
