import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { WholeRule } from '../../../server/api/rule.ts'
import { rulesQuery } from '../../api/rule-queries.ts'
import { text } from '../../text.ts'
import { CodeEditor } from '../../ui/code-editor.tsx'
import { NewRule } from '../rules/new-rule.tsx'
import { ruleLanguage } from './rule-language.ts'

const words = text.rule

/** A rule that is part of the program: it is read, and can be the beginning of a rule file. */
export function BuiltInRule({ rule, zone }: { readonly rule: WholeRule; readonly zone: string }) {
  const { data: rules } = useQuery(rulesQuery(zone))
  const [isAdding, setIsAdding] = useState(false)
  return (
    <>
      <p>
        {rule.description} {text.rules.shippedMeaning}
      </p>
      {rule.text !== '' && (
        <>
          <p>
            <Button className="button" onPress={() => setIsAdding(true)}>
              {words.beginFrom}
            </Button>
          </p>
          <CodeEditor label={words.textOf(rule.code)} value={rule.text} language={ruleLanguage} />
        </>
      )}
      {isAdding && (
        <NewRule
          rules={rules ?? []}
          asked={{ zone, kind: rule.kind }}
          from={rule.code}
          onClose={() => setIsAdding(false)}
        />
      )}
    </>
  )
}
