import type { ExplainedBib, ExplainedStep, Explanation } from '../import/explanation.ts'
import { tracedKey } from '../rules/trace.ts'
import { diffJson } from './diff-text.ts'

/** All that was decided about a record, for `--json`. */
export const explanationJson = (explanation: Explanation) => {
  const { place, decode, prepared, match, merge, result, filter, validate, failed } = explanation
  return {
    ...place,
    format: decode.format,
    encoding: decode.encoding,
    repairs: decode.repairs.map(({ code, field = null, before, after }) => ({ code, field, before, after })),
    rejected: decode.rejected,
    prepared: prepared && {
      title: prepared.title,
      keys: prepared.keys.map(({ kind, value, origin }) => tracedKey(kind, value, origin)),
      brief_level: prepared.briefLevel.level,
      brief_rule: prepared.briefLevel.rule,
      brief_line: prepared.briefLevel.line,
      carrier: prepared.carrier,
      is_serial: prepared.isSerial,
      is_delete: prepared.isDelete,
      originating_number: prepared.originatingNumber,
      version_005: prepared.version005,
    },
    filter: filter && { met: filter.isMet, by: filter.by },
    normalize: explanation.normalize.map(stepJson),
    validation: validate && { problems: validate.problems, put_off: validate.putOff },
    match: match && {
      method: match.method,
      name: match.name,
      steps: match.steps.map(({ name, looked, candidates, settled, matches, isCapped }) => ({
        name,
        looked,
        candidates: candidates.map(({ mmsId, ...candidate }) => ({ mms_id: mmsId, ...candidate })),
        settled,
        matches,
        capped: isCapped,
      })),
    },
    guards: explanation.guards,
    merge,
    combined: explanation.combined.map(({ mmsId, became, into, versionBefore, versionAfter }) => ({
      mms_id: mmsId,
      became,
      into,
      version_before: versionBefore,
      version_after: versionAfter,
    })),
    inventory: explanation.inventory.map(({ mmsId, ...step }) => ({ ...step, mms_id: mmsId })),
    outcome: explanation.outcome,
    code: explanation.code,
    sentence: explanation.sentence,
    remedy: explanation.remedy,
    failed,
    mms_id: result.mmsId,
    version_before: result.versionBefore,
    version_after: result.versionAfter,
    before: result.before && bibJson(result.before),
    after: result.after && bibJson(result.after),
    matched: explanation.matched,
    duplicate_in_file: explanation.duplicateInFile,
    trace: explanation.trace,
    diff: diffJson(result.diff),
  }
}

const stepJson = ({ step, rule, rules, diff }: ExplainedStep) => ({
  step,
  rule,
  rules: rules.map(({ place, isMet, lines }) => ({
    line: place.line,
    text: place.text,
    met: isMet,
    lines: lines.map((line) => ({
      line: line.place.line,
      text: line.place.text,
      changes: diffJson(line.diff),
    })),
  })),
  changes: diffJson(diff),
})

const bibJson = ({ briefLevel, suppressed, publishToOclc, originatingSystem }: ExplainedBib) => ({
  brief_level: briefLevel,
  suppressed,
  publish_to_oclc: publishToOclc,
  originating_system: originatingSystem,
})
