import type { RuleKind } from '../../../rules/language/rule.ts'

/** What a new rule file begins with: one rule that can be tried, and a test of it. */
export const starterTexts: Readonly<Record<RuleKind, string>> = {
  normalize: `# What this file is for.

rule "The general material designation goes"
when
  exists "245.h"
then
  removeSubField "245.h"
end

test "a record with a designation"
given
  245 10 $a Emma $h [electronic resource].
expect
  245 10 $a Emma
end
`,
  merge: `# What this file is for. The incoming record is read, the bib receives.

rule "Subjects join, the rest is replaced"
when
  merge incoming into existing
then
  replace MARC."LDR"
  remove MARC."XXX" excluding "035,6XX"
  add MARC."XXX" excluding "035"
  add MARC."035"
end

test "subjects of both are there"
given
  245 10 $a Emma.
  650 #0 $a Courtship $v Fiction.
incoming
  245 10 $a Emma / $c Jane Austen.
  650 #0 $a Young women $v Fiction.
expect
  245 10 $a Emma / $c Jane Austen.
  650 #0 $a Courtship $v Fiction.
  650 #0 $a Young women $v Fiction.
end
`,
  indication: `# True leaves a record out, where a profile has this file as its filter.

rule "Books for children"
when
  exists "650.v.*Juvenile*"
then
  set indication."true"
end

test "a subject says so"
given
  245 10 $a The very hungry caterpillar.
  650 #1 $a Caterpillars $v Juvenile fiction.
expect indication."true"
end
`,
  'brief-level': `# From 01, the briefest, to 10, the fullest; the first rule that is met decides.

rule "No extent"
when
  not exists "300"
then
  set brief_level."05"
end

test "a record without an extent"
given
  245 10 $a Emma.
expect brief_level."05"
end
`,
  exceptions: `# One line a message: its code, the field where it is meant for one alone, and what it shall be.
ISBN_INVALID: warning

test "a wrong check digit"
given
  020 ## $a 9780141439588
  245 10 $a Emma.
expect messages
  ISBN_INVALID 020 $a: warning
end
`,
}
