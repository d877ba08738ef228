import { Button, Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import type { RuleKind } from '../../../rules/language/rule.ts'
import { text } from '../../text.ts'
import { CodeEditor } from '../../ui/code-editor.tsx'
import type { CheckedRule } from '../../../rules/check-rule.ts'
import type { SavedRule } from './rule-draft.ts'
import { ruleLanguage } from './rule-language.ts'
import { RuleVersions } from './rule-versions.tsx'
import { TestList } from './test-list.tsx'
import { TryIt, type TryGiven } from './try-it.tsx'
import { UsedBy } from './used-by.tsx'

const words = text.rule

export type RuleTab = 'tests' | 'try' | 'formatted' | 'versions' | 'used-by'

/** What stands beside the text of a rule file. */
export function RuleTabs(props: {
  readonly tab: RuleTab
  readonly onTab: (tab: RuleTab) => void
  readonly checked: CheckedRule | null
  readonly zone: string
  readonly kind: RuleKind
  readonly text: string
  readonly rule: SavedRule | null
  readonly given: TryGiven
  readonly onGiven: (given: TryGiven) => void
  readonly onGo: (line: number) => void
  readonly onText: (text: string) => void
  readonly onTakeUp: (version: SavedRule) => void
}) {
  const { checked, rule, kind, onGo, onText } = props
  const tests = checked === null || checked.formatted === null ? null : checked.tests
  const passed = tests?.filter((one) => one.passed).length ?? 0
  const formatted = checked?.formatted ?? null
  return (
    <Tabs
      className="tabs rule-tabs"
      selectedKey={props.tab}
      onSelectionChange={(tab) => props.onTab(tab as RuleTab)}
    >
      <TabList aria-label={words.besides}>
        <Tab id="tests">
          {words.tests}
          {tests !== null && tests.length > 0 && (
            <span className={passed === tests.length ? 'good' : 'bad'}>
              {' '}
              {words.testsOf(passed, tests.length)}
            </span>
          )}
        </Tab>
        <Tab id="try">{words.tryIt}</Tab>
        <Tab id="formatted">{words.formatted}</Tab>
        {rule !== null && <Tab id="versions">{words.versions}</Tab>}
        {rule !== null && <Tab id="used-by">{words.usedByCount(rule.usedBy.length)}</Tab>}
      </TabList>
      <TabPanel id="tests">
        <TestList tests={tests} onGo={onGo} />
      </TabPanel>
      <TabPanel id="try">
        <TryIt
          kind={kind}
          zone={props.zone}
          text={props.text}
          given={props.given}
          onGiven={props.onGiven}
          onGo={onGo}
        />
      </TabPanel>
      <TabPanel id="formatted">
        {formatted === null ? (
          <p className="none">{words.testsNeedText}</p>
        ) : (
          <div className="stack">
            <div className="diff-head">
              <p className="hint">{words.formattedMeaning}</p>
              <Button
                className="button small"
                onPress={() => onText(formatted)}
                isDisabled={formatted === props.text}
              >
                {words.useFormatted}
              </Button>
            </div>
            <CodeEditor label={words.formatted} value={formatted} language={ruleLanguage} />
          </div>
        )}
      </TabPanel>
      {rule !== null && (
        <TabPanel id="versions">
          <RuleVersions rule={rule} onTakeUp={props.onTakeUp} />
        </TabPanel>
      )}
      {rule !== null && (
        <TabPanel id="used-by">
          <UsedBy usedBy={rule.usedBy} />
        </TabPanel>
      )}
    </Tabs>
  )
}
