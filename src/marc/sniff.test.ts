import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../test/record-of.ts'
import { sniff } from './sniff.ts'
import { writerOf } from './write.ts'

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const utf16 = (text: string) => Buffer.from(text, 'utf16le')

function kindOf(file: string | Uint8Array): string {
  const found = sniff(typeof file === 'string' ? latin1(file) : file)
  return 'format' in found ? `${found.utf16 ?? ''} ${found.format}`.trim() : found.notMarc.code
}

const record = recordOf('001 1', '245 10 $a Emma')
const mrc = Buffer.from(writerOf('iso2709').encode(record).bytes).toString('latin1')
const xml = '<record><leader>00000nam a2200000 a 4500</leader></record>'
const json = '{"leader":"00000nam a2200000 a 4500","fields":[{"001":"1"}]}'
const mrk = '=LDR  00000nam a2200000 a 4500\n=001  1\n'

const cases: Readonly<Record<string, readonly (string | Uint8Array)[]>> = {
  iso2709: [
    mrc,
    `\xef\xbb\xbf${mrc}`,
    `\r\n\0${mrc}`,
    `<<<<<<< HEAD\n${mrc}=======\n`,
    `<html>502 Bad Gateway</html>${mrc}`,
    mrc.slice(0, 40),
  ],
  marcxml: [
    xml,
    `\xef\xbb\xbf<?xml version="1.0"?>${xml.replaceAll(/<(\/?)/g, '<$1m:')}`,
    `<OAI-PMH><record><header/><metadata>${xml}</metadata></record></OAI-PMH>`,
    `<!-- exported --><!DOCTYPE collection><collection>${xml}</collection>`,
    '<collection xmlns="http://www.loc.gov/MARC21/slim"/>',
    '<record/>',
  ],
  json: [json, `[${json}]`, `\x1e${json}`, `{"docs": [\n${json}]}`],
  mrk: [mrk, `\xef\xbb\xbf${mrk}`, '=001  1\r\n=245  10$aEmma\r\n', `Exported today\r\n\r\n${mrk}`],
  'utf-16le iso2709': [utf16(mrc)],
  'utf-16le marcxml': [utf16(xml), utf16(`\ufeff${xml}`)],
  'utf-16le json': [utf16(json)],
  'utf-16be mrk': [utf16(mrk).swap16(), utf16(`\ufeff${mrk}`).swap16()],
  EMPTY: ['', ' \r\n', '\0\0\x1a', utf16('\ufeff\r\n')],
  WEB_PAGE: [
    '<!DOCTYPE html><html><body>Log in</body></html>',
    '<?xml version="1.0"?><html xmlns="x"/>',
    utf16('\ufeff<html>'),
  ],
  ARCHIVE: ['PK\x03\x04\x14', '\x1f\x8b\x08', `${'a.mrc'.padEnd(257, '\0')}ustar`],
  PDF: ['%PDF-1.7\n'],
  SPREADSHEET: ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  EDIFACT: ["UNA:+.? 'UNB+UNOC:3", "UNB+UNOA:2+5412345000013:14'"],
  OTHER_XML: [
    '<?xml version="1.0"?><ONIXMessage><Product/></ONIXMessage>',
    '<OAI-PMH><record><metadata><dc><title/></dc></metadata></record></OAI-PMH>',
  ],
  OTHER_JSON: ['{"title":"Emma"}', '[{"a":1}]', '{}'],
  LINE_MARC: [
    '00755cam  22002414a 4500\n001 fol05731351\n245 10 $a Emma\n',
    '000000001 LDR   L ^^^^^nam^^22^^^^^^a^4500\n',
  ],
  TABLE: ['isbn,title,price\n1,Emma,9.99\n', 'a\tb\tc\n'],
  TEXT: ['invalid marc file', 'Dear library,\nhere are the records.\n', '{\\rtf1 text}'],
  BINARY: ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x02', '\x7fELF\x02\x01\x01\0\0\0\0'],
}

for (const [kind, files] of Object.entries(cases)) {
  test(`${kind} is told by its content`, () => {
    for (const file of files) assert.equal(kindOf(file), kind, String(file).slice(0, 60))
  })
}

test('what is no MARC is said in a sentence that goes on with what to do', () => {
  for (const files of Object.values(cases)) {
    const [file = ''] = files
    const found = sniff(typeof file === 'string' ? latin1(file) : file)
    if ('notMarc' in found) assert.match(found.notMarc.message, /^Th.+[.:].+\.$/)
  }
})
