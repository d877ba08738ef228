import { withVisibleMarks } from '../visible-marks.ts'

/** Words that somebody gave, as a label or a file's name: whichever way they run, ours beside them stay as they are. */
export function Given(props: { readonly words: string; readonly className?: string }) {
  return <bdi className={props.className}>{withVisibleMarks(props.words)}</bdi>
}
