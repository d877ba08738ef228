import { Button, DropZone, FileTrigger, isFileDropItem } from 'react-aria-components'
import { text } from '../../text.ts'

const words = text.import

/** Takes files by dropping, by pasting and by the button. */
export function FileDrop({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
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
      <FileTrigger allowsMultiple onSelect={(files) => onFiles([...(files ?? [])])}>
        <Button className="button">{words.choose}</Button>
      </FileTrigger>
      <p className="hint">{words.dropKinds}</p>
    </DropZone>
  )
}
