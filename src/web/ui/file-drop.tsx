import { Button, DropZone, FileTrigger, isFileDropItem } from 'react-aria-components'

/** Takes files by dropping, by pasting and by the button. */
export function FileDrop(props: {
  readonly words: { readonly drop: string; readonly dropKinds: string; readonly choose: string }
  readonly isSingle?: boolean
  readonly onFiles: (files: readonly File[]) => void
}) {
  const { words, onFiles } = props
  return (
    <DropZone
      className="file-drop"
      aria-label={words.drop}
      onDrop={(event) => {
        const dropped = event.items.filter(isFileDropItem).map((one) => one.getFile())
        void Promise.all(dropped).then(onFiles)
      }}
    >
      <p className="file-drop-words">{words.drop}</p>
      <FileTrigger allowsMultiple={props.isSingle !== true} onSelect={(files) => onFiles([...(files ?? [])])}>
        <Button className="button">{words.choose}</Button>
      </FileTrigger>
      <p className="hint">{words.dropKinds}</p>
    </DropZone>
  )
}
