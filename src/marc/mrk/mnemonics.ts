/*
 * The names that MARCMaker and MarcEdit give to characters between braces, as the Library of Congress
 * published them for MARCMaker. A mark stands before its letter there, as in MARC-8, and after it here.
 */

/** Combining marks; the halves of ligature and double tilde become the one mark of both. */
const marks: ReadonlyMap<string, string> = new Map(
  named(`
    hooka 0309   grave 0300   acute 0301   circ 0302    tilde 0303   macr 0304   breve 0306   dot 0307
    uml 0308     diaer 0308   caron 030c   ring 030a    llig 0361    rlig -      rcommaa 0315 dblac 030b
    candra 0310  cedil 0327   ogon 0328    hookr 0328   dotb 0323    dbldotb 0324 ringb 0325  circb 0325
    dblunder 0333 under 0332  commab 0326  hookl 0326   rcedil 031c  breveb 032e ldbltil 0360 rdbltil -
    commaa 0313  vlineb 0329
  `),
)

/** Characters that stand by themselves. */
const characters: ReadonlyMap<string, string> = new Map(
  named(`
    dollar 24    lcub 7b      rcub 7d      bsol 5c      space 20     excl 21     quot 22      num 23
    percnt 25    amp 26       apos 27      lpar 28      rpar 29      ast 2a      plus 2b      comma 2c
    hyphen 2d    period 2e    sol 2f       colon 3a     semi 3b      lt 3c       equals 3d    gt 3e
    quest 3f     commat 40    lsqb 5b      rsqb 5d      spcirc 5e    spundscr 5f spgrave 60   verbar 7c
    sptilde 7e   Lstrok 141   lstrok 142   Ostrok d8    ostrok f8    Dstrok 110  dstrok 111   THORN de
    thorn fe     AElig c6     aelig e6     OElig 152    oelig 153    softsign 2b9 mlprime 2b9 hardsign 2ba
    mlPrime 2ba  middot b7    flat 266d    reg ae       plusmn b1    Ohorn 1a0   ohorn 1a1    Uhorn 1af
    uhorn 1b0    mlrhring 2bc alif 2bc     mllhring 2bb ayn 2bb      inodot 131  pound a3     eth f0
    ETH d0       deg b0       scriptl 2113 phono 2117   copy a9      sharp 266f  iquest bf    iexcl a1
    szlig df     joiner 200d  nonjoin 200c mdash 2014   ndash 2013   hellip 2026 ldquo 201c   rdquo 201d
    lsquo 2018   rsquo 2019   laquo ab     raquo bb     bull 2022    cent a2     yen a5       curren a4
    sect a7      para b6      trade 2122   times d7     divide f7    frac12 bd   frac14 bc    frac34 be
    ordf aa      ordm ba      sup1 b9      sup2 b2      sup3 b3      dagger 2020 Dagger 2021  shy ad
    brvbar a6    fnof 192     euro 20ac
  `),
)

function named(table: string): (readonly [string, string])[] {
  const words = table.trim().split(/\s+/)
  return words.flatMap((name, at) => {
    const code = words[at + 1]
    if (at % 2 === 1 || code === undefined) return []
    return [[name, code === '-' ? '' : String.fromCodePoint(Number.parseInt(code, 16))] as const]
  })
}

const mnemonic = /\{([A-Za-z][A-Za-z0-9]*)\}/y

/**
 * A text with its mnemonics as characters, in NFC where marks were among them. A letter and a mark have
 * one name together (`{eacute}`). What has no name stays as it is.
 */
export function readMnemonics(text: string): string {
  if (!text.includes('{')) return text
  let read = ''
  let waiting = ''
  let isMarked = false
  for (let at = 0; at < text.length; ) {
    mnemonic.lastIndex = at
    const name = text.charAt(at) === '{' ? mnemonic.exec(text)?.[1] : undefined
    const mark = name === undefined ? undefined : marks.get(name)
    if (name !== undefined && mark !== undefined) {
      waiting += mark
      isMarked = true
      at += name.length + 2
      continue
    }
    const known = name === undefined ? undefined : characterOf(name)
    const character = known ?? String.fromCodePoint(text.codePointAt(at) as number)
    read += character + waiting
    if (known !== undefined && known.length > 1) isMarked = true
    waiting = ''
    at += known === undefined ? character.length : (name as string).length + 2
  }
  read += waiting
  return isMarked ? read.normalize('NFC') : read
}

function characterOf(name: string): string | undefined {
  const found = characters.get(name)
  if (found !== undefined) return found
  const mark = marks.get(name.slice(1))
  return mark === undefined || mark === '' ? undefined : name.charAt(0) + mark
}

const written: Readonly<Record<string, string>> = {
  $: '{dollar}',
  '{': '{lcub}',
  '}': '{rcub}',
  '\\': '{bsol}',
}

/** A text in which nothing is a delimiter or a mnemonic but what means to be: the inverse of `readMnemonics`. */
export const writeMnemonics = (text: string): string =>
  text.replace(/[${}\\]/g, (found) => written[found] ?? '')
