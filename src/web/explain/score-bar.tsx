import { text } from '../text.ts'
import type { Thresholds } from './plan-details.tsx'

const words = text.explain

/** A score as a bar, with the marks from which a person is asked and from which it is a match; the same in words. */
export function ScoreBar(props: {
  readonly score: number
  /** What the bar is wide for. */
  readonly best: number
  readonly thresholds?: Thresholds | undefined
}) {
  const { score, best, thresholds } = props
  const share = (of: number) => `${Math.min(100, Math.max(0, (of / best) * 100))}%`
  const level =
    thresholds === undefined
      ? 'unknown'
      : score >= thresholds.match
        ? 'match'
        : score >= thresholds.review
          ? 'review'
          : 'none'
  return (
    <div className="score">
      <span className="score-track" data-level={level} aria-hidden="true">
        <span className="score-fill" style={{ width: share(score) }} />
        {thresholds !== undefined && (
          <>
            <span className="score-mark" style={{ insetInlineStart: share(thresholds.review) }} />
            <span className="score-mark strong" style={{ insetInlineStart: share(thresholds.match) }} />
          </>
        )}
      </span>
      <span className="score-words">
        {thresholds === undefined
          ? words.score(score)
          : words.scoreOf(score, thresholds, words.levels[level])}
      </span>
    </div>
  )
}
