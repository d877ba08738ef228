import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAccessUrl } from './access-url.ts'

test('a resource is reached by a whole URL over http, https or ftp', () => {
  for (const url of [
    'https://example.org/a?b=c#d',
    'http://example.org',
    'ftp://example.org/x',
    'HTTPS://EXAMPLE.org',
  ])
    assert.ok(isAccessUrl(url), url)
})

test('what runs, what opens files, what is no whole URL and what hides blanks is none', () => {
  for (const url of [
    '',
    'example.org',
    '/relative',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    ' https://example.org',
    'https://example.org/a b',
    'data:text/html,x',
    'file:///etc/passwd',
    'https://',
    'http:/example.org',
    'https:example.org',
  ])
    assert.ok(!isAccessUrl(url), url)
})
