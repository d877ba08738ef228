import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'react-aria-components'
import type { DemoFile } from '../../../server/api/demo.ts'
import { demoFilesQuery } from '../../api/queries.ts'
import { getBytes } from '../../api/request.ts'
import { paths } from '../../paths.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'

const words = text.import.demo

/** In the demo, files for those who have none at hand; taking one chooses its zone and its profile too. */
export function DemoFiles({ onTake }: { readonly onTake: (file: File, meant: DemoFile) => void }) {
  const { data: files } = useQuery(demoFilesQuery)
  const taking = useMutation({
    mutationFn: async (meant: DemoFile) => {
      const bytes = await getBytes(paths.demoFile(meant.name))
      onTake(new File([bytes], meant.name), meant)
    },
  })
  if (files === undefined || files.length === 0) return null
  return (
    <div className="demo-files">
      <h3>{words.title}</h3>
      <ul>
        {files.map((file) => (
          <li key={file.name}>
            <Button
              className="button small"
              onPress={() => taking.mutate(file)}
              isDisabled={taking.isPending}
            >
              {words.take(file.name)}
            </Button>
            <span className="hint">{file.about}</span>
          </li>
        ))}
      </ul>
      {taking.error !== null && <Fault error={taking.error} />}
    </div>
  )
}
