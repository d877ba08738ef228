import type { MatchSettings, WeightedSettings } from '../../../rules/import-profile.ts'
import { type WeightedFeature, weightedFeatures } from '../../../rules/match/weighted-features.ts'
import { weighing } from '../../../rules/match/weighing.ts'
import { text } from '../../text.ts'
import { OneOf, Whole } from './controls.tsx'

const words = text.importProfile

/** What a full difference in a feature does besides its weight. */
type Strictness = 'weight' | 'doubt' | 'veto'

/** The weights of the weighted method and what their sum means; what is not said in the profile is as shipped. */
export function Weighted(props: {
  readonly match: MatchSettings
  readonly onChange: (weighted: WeightedSettings) => void
}) {
  const { match, onChange } = props
  const weighted = match.weighted ?? {}
  const { weights, vetoes, doubts, match: from, review } = weighing(match)
  const strictness = (feature: WeightedFeature): Strictness =>
    vetoes.has(feature) ? 'veto' : doubts.has(feature) ? 'doubt' : 'weight'
  const setWeight = (feature: WeightedFeature, part: 'agree' | 'disagree', value: number) =>
    onChange({
      ...weighted,
      weights: { ...weighted.weights, [feature]: { ...weighted.weights?.[feature], [part]: value } },
    })
  const setStrictness = (feature: WeightedFeature, next: Strictness) => {
    const others = (set: ReadonlySet<WeightedFeature>) => [...set].filter((one) => one !== feature)
    onChange({
      ...weighted,
      vetoes: [...others(vetoes), ...(next === 'veto' ? [feature] : [])],
      doubts: [...others(doubts), ...(next === 'doubt' ? [feature] : [])],
    })
  }
  return (
    <div className="stack sub-group">
      <h3>{words.weighted}</h3>
      <p className="hint">{words.weightedMeaning}</p>
      <div className="settings">
        <Whole
          label={words.matchFrom}
          value={from}
          onChange={(next) => onChange({ ...weighted, thresholds: { match: next, review } })}
        />
        <Whole
          label={words.reviewFrom}
          value={review}
          onChange={(next) => onChange({ ...weighted, thresholds: { match: from, review: next } })}
        />
      </div>
      <table className="plain weights" aria-label={words.weights}>
        <thead>
          <tr>
            <th scope="col">{words.feature}</th>
            <th scope="col">{words.agrees}</th>
            <th scope="col">{words.differs}</th>
            <th scope="col">{words.strictness}</th>
          </tr>
        </thead>
        <tbody>
          {weightedFeatures.map((feature) => (
            <tr key={feature}>
              <th scope="row">{feature}</th>
              <td>
                <Whole
                  label={words.agreesOf(feature)}
                  value={weights[feature].agree}
                  onChange={(value) => setWeight(feature, 'agree', value)}
                  isLabelSpoken
                />
              </td>
              <td>
                <Whole
                  label={words.differsOf(feature)}
                  value={weights[feature].disagree}
                  onChange={(value) => setWeight(feature, 'disagree', value)}
                  isLabelSpoken
                />
              </td>
              <td className="spoken-label">
                <OneOf
                  label={words.strictnessOf(feature)}
                  value={strictness(feature)}
                  names={words.strictnesses}
                  onChange={(next) => setStrictness(feature, next)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
