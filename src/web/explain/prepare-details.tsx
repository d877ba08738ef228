import type { Explanation } from '../../server/api/explanation.ts'
import { MarcDiff } from '../marc/marc-diff.tsx'
import { MarcView } from '../marc/marc-view.tsx'
import { RepairTable } from '../screens/record/repair-table.tsx'
import { keyWords } from '../screens/record/trace-words.ts'
import { text } from '../text.ts'
import { RuleLineName } from './rule-line-name.tsx'

const words = text.explain

export function DecodeDetail({ decode }: { readonly decode: Explanation['decode'] }) {
  const { encoding, repairs, record, rejected } = decode
  return (
    <>
      {encoding !== null && <p className="hint">{words.encodings[encoding]}</p>}
      {rejected !== null && (
        <p className="notice">
          <bdi>{rejected.message}</bdi> <code>{rejected.code}</code>
        </p>
      )}
      {repairs.length > 0 && <RepairTable repairs={repairs} />}
      {record !== null && (
        <details>
          <summary>{text.record.incomingPrepared}</summary>
          <MarcView record={record} label={text.record.incomingPrepared} />
        </details>
      )}
    </>
  )
}

export function FilterDetail({ filter }: { readonly filter: Explanation['filter'] }) {
  if (filter?.by == null) return null
  return (
    <p>
      <RuleLineName line={filter.by} />
    </p>
  )
}

export function NormalizeDetail({ explanation }: { readonly explanation: Explanation }) {
  const { normalize, failed } = explanation
  const quiet = normalize.filter(({ diff }) => diff.length === 0)
  return (
    <>
      {failed !== null && (
        <p className="notice">
          {failed.line === null ? <code>{failed.rule}</code> : <RuleLineName line={failed.line} />}{' '}
          {text.rule.cannotBeCarriedOut(failed.why)}
        </p>
      )}
      <ol className="tried-rules">
        {normalize
          .filter(({ diff }) => diff.length > 0)
          .map(({ step, rule, rules, diff }, place) => (
            <li key={`${place} ${step}`}>
              <p>
                <strong>{stepName(step)}</strong> {rule !== null && <code>{rule.code}</code>}
              </p>
              {rules.length === 0 ? (
                <Changes diff={diff} label={stepName(step)} />
              ) : (
                <ol>
                  {rules.flatMap((one) =>
                    one.lines
                      .filter((line) => line.diff.length > 0)
                      .map(({ place: at, diff: ofLine }, nth) => (
                        <li key={`${at.line} ${nth}`}>
                          <p>
                            <RuleLineName line={at} />
                          </p>
                          <Changes diff={ofLine} label={text.rule.changesOfLine(at.line)} />
                        </li>
                      )),
                  )}
                </ol>
              )}
            </li>
          ))}
      </ol>
      {quiet.length > 0 && (
        <p className="hint">
          {words.changedNothing}{' '}
          {quiet.map(({ step, rule }) => (rule === null ? stepName(step) : rule.code)).join(' · ')}
        </p>
      )}
    </>
  )
}

const stepName = (step: string): string =>
  Object.hasOwn(text.trace.steps, step) ? text.trace.steps[step as keyof typeof text.trace.steps] : step

function Changes({
  diff,
  label,
}: {
  readonly diff: Explanation['normalize'][number]['diff']
  readonly label: string
}) {
  return (
    <MarcDiff
      diff={diff}
      label={label}
      beforeName={text.rule.before}
      afterName={text.rule.after}
      says="change"
      showSame={false}
    />
  )
}

export function ValidateDetail({ validate }: { readonly validate: Explanation['validate'] }) {
  if (validate === null) return null
  const { problems, putOff } = validate
  return (
    <>
      {problems.length > 0 && (
        <ul className="found-wrong">
          {problems.map(({ code, severity, field, value, message, remedy }) => (
            <li key={`${code} ${field} ${value}`}>
              <span className="level" data-level={severity}>
                {text.rule.severities[severity]}
              </span>{' '}
              {field !== null && <strong>{field}</strong>} {message}{' '}
              {value !== null && (
                <q className="marc-text">
                  <bdi>{value}</bdi>
                </q>
              )}{' '}
              <span className="hint">{remedy}</span> <code>{code}</code>
            </li>
          ))}
        </ul>
      )}
      {putOff > 0 && <p className="hint">{words.putOff(putOff)}</p>}
    </>
  )
}

export function KeysDetail({ prepared }: { readonly prepared: Explanation['prepared'] }) {
  if (prepared === null) return null
  const { title, keys, carrier, isSerial, isDelete, briefLevel } = prepared
  return (
    <>
      <p>
        <bdi>{title === '' ? text.report.untitled : title}</bdi>
        {': '}
        {[
          words.carriers[carrier],
          isSerial ? words.serial : words.nonSerial,
          words.briefLevel(briefLevel.level, briefLevel.rule),
          ...(isDelete ? [words.asksDeletion] : []),
        ].join(', ')}{' '}
        {briefLevel.line !== null && <RuleLineName line={briefLevel.line} />}
      </p>
      <ul className="key-list" aria-label={words.stages.keys}>
        {keys.map(({ kind, value, origin }) => (
          <li key={`${kind} ${value} ${origin}`}>
            <bdi>{keyWords(`${kind}:${value}/${origin}`)}</bdi>
          </li>
        ))}
      </ul>
    </>
  )
}
