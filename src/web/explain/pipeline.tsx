import type { ReactNode } from 'react'
import type { Explanation } from '../../server/api/explanation.ts'
import { text } from '../text.ts'
import {
  DecodeDetail,
  FilterDetail,
  KeysDetail,
  NormalizeDetail,
  ValidateDetail,
} from './prepare-details.tsx'
import { GuardsDetail, MatchDetail, MergeDetail, ResultDetail, type Thresholds } from './plan-details.tsx'
import { type Stage, type StageName, type StageState, stagesOf } from './stages.ts'

const words = text.explain

const signs: Readonly<Record<StageState, string>> = { done: '✓', warned: '⚠', stopped: '■', none: '–' }

/** Every step of an import with what it came to: all of them at a glance, and each with its evidence beneath. */
export function Pipeline(props: {
  readonly explanation: Explanation
  /** The zone that the bibs are in. */
  readonly bibZone: string
  /** Of the weighted method, where they are known. */
  readonly thresholds?: Thresholds | undefined
}) {
  const { explanation, bibZone, thresholds } = props
  const stages = stagesOf(explanation)
  const details: Readonly<Record<StageName, ReactNode>> = {
    decode: <DecodeDetail decode={explanation.decode} />,
    filter: <FilterDetail filter={explanation.filter} />,
    normalize: <NormalizeDetail explanation={explanation} />,
    validate: <ValidateDetail validate={explanation.validate} />,
    keys: <KeysDetail prepared={explanation.prepared} />,
    match: <MatchDetail match={explanation.match} bibZone={bibZone} thresholds={thresholds} />,
    guards: <GuardsDetail guards={explanation.guards} />,
    merge: <MergeDetail merge={explanation.merge} />,
    result: <ResultDetail explanation={explanation} bibZone={bibZone} />,
  }
  return (
    <div className="pipeline">
      <nav aria-label={words.steps}>
        <ol className="pipeline-glance">
          {stages.map((stage) => (
            <li key={stage.name} data-state={stage.state}>
              <a href={`#step-${stage.name}`}>
                <span className="pipeline-name">
                  <StageSign stage={stage} /> {words.stages[stage.name]}
                </span>
                <small>{stage.said}</small>
              </a>
            </li>
          ))}
        </ol>
      </nav>
      {stages.map((stage) => (
        <section
          key={stage.name}
          id={`step-${stage.name}`}
          className="panel stack pipeline-stage"
          data-state={stage.state}
          aria-labelledby={`step-${stage.name}-name`}
          tabIndex={-1}
        >
          <h3 id={`step-${stage.name}-name`}>
            <StageSign stage={stage} /> {words.stages[stage.name]}{' '}
            <span className="stage-said">{stage.said}</span>
          </h3>
          {details[stage.name]}
        </section>
      ))}
    </div>
  )
}

function StageSign({ stage: { state } }: { readonly stage: Stage }) {
  return (
    <>
      <span className="stage-sign" aria-hidden="true">
        {signs[state]}
      </span>
      <span className="visually-hidden">{words.states[state]}: </span>
    </>
  )
}
