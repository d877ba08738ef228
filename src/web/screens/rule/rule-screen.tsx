import { useSuspenseQueries } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { ruleQuery } from '../../api/rule-queries.ts'
import { useCommands } from '../../keys/commands.tsx'
import { text } from '../../text.ts'
import { Time } from '../../ui/time.tsx'
import { useTitle } from '../../ui/title.ts'
import { ZonePill } from '../../ui/zone-pill.tsx'
import { BuiltInRule } from './built-in-rule.tsx'
import { RuleDesk } from './rule-desk.tsx'
import { isSaved } from './rule-draft.ts'

const words = text.rule
const route = getRouteApi('/zones/$zone/rules/$kind/$code')

/** One rule file of a zone, or one that is to be. */
export function RuleScreen() {
  const { zone, kind, code } = route.useParams()
  const navigate = useNavigate()
  const { from } = route.useSearch()
  const [{ data: rule }, { data: begin }] = useSuspenseQueries({
    queries: [ruleQuery(zone, kind, code), ruleQuery(zone, kind, from ?? code)],
  })
  const saved = rule !== null && isSaved(rule) ? rule : null
  useTitle(`${code} · ${text.rules.title}`)
  useCommands([
    { name: 'backToRules', label: text.commands.backToRules, run: () => void navigate({ to: '/rules' }) },
  ])
  return (
    <div className="screen">
      <div className="back record-nav">
        <Link to="/rules">{words.back}</Link>
      </div>
      <header className="report-head">
        <h1>
          {code} {rule !== null && <bdi className="head-label">{rule.name}</bdi>}
        </h1>
        <div className="head-line">
          {(rule === null || saved !== null) && <ZonePill code={zone} />}
          <span>{text.rules.kinds[kind]}</span>
          {rule === null ? (
            <span>{words.fresh}</span>
          ) : (
            <>
              <span className={rule.active ? 'good' : 'none'}>
                <span aria-hidden="true">{rule.active ? '● ' : '○ '}</span>
                {rule.active ? words.states.on : words.states.off}
              </span>
              {saved === null ? (
                <span>{text.rules.shipped}</span>
              ) : (
                <>
                  <span>{words.versionOf(saved.version)}</span>
                  <span>
                    <bdi>{words.changedBy(saved.changedBy)}</bdi> <Time at={saved.changedAt} />
                  </span>
                </>
              )}
            </>
          )}
        </div>
      </header>
      {rule !== null && saved === null ? (
        <BuiltInRule rule={rule} zone={zone} />
      ) : (
        <RuleDesk
          key={`${zone} ${kind} ${code}`}
          zone={zone}
          kind={kind}
          code={code}
          rule={saved}
          begin={rule === null ? begin : null}
        />
      )}
    </div>
  )
}
