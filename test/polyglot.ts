import type { DataField, MarcRecord } from '../src/marc/record.ts'

/*
 * A record in which every part means harm: text that is a script in one place, an attribute in another, a
 * rule of a style sheet, an address, a template or a formula in a third.
 */

const payloads: readonly string[] = [
  `<script>alert('script')</script>`,
  `<img src=x onerror=alert('image')>`,
  `"><svg onload=alert('svg')>`,
  `' onmouseover='alert(1)' autofocus onfocus='alert(2)`,
  `javascript:alert('address')`,
  `java\u00a0script:alert('blank')`,
  `data:text/html,<script>alert('data')</script>`,
  `vbscript:msgbox(1)`,
  `</title></textarea></style></script><iframe srcdoc="<script>alert('frame')</script>">`,
  `<math><mtext></p><style><img src=x onerror=alert('math')></style></math>`,
  `]]><script>alert('cdata')</script><!--`,
  `&lt;script&gt;alert('entity')&lt;/script&gt;`,
  `{{constructor.constructor('alert(1)')()}}`,
  '${alert(1)} #{alert(1)} <%= alert(1) %>',
  `=HYPERLINK("javascript:alert('formula')","open")`,
  `__proto__ constructor toString`,
  `url(javascript:alert('style')); background: url("x")`,
  `\u202eesrever\u202c \u2066isolated\u2069`,
  `\ufeff\u200b\u2028\u2029 unseen`,
  `<a href="javascript:alert('link')" target=_blank>press</a>`,
]

const tags: readonly string[] =
  '010 020 022 024 035 040 050 082 090 100 110 130 210 240 245 246 250 255 260 264 300 310 336 338 362 490 500 505 506 520 546 590 600 650 655 690 700 710 730 740 776 830 856 856 886 949 <b> "x"'.split(
    ' ',
  )

const payload = (place: number): string => payloads[place % payloads.length] ?? ''

/** Every field that a screen shows in a way of its own has subfields of several payloads. */
export const polyglot: MarcRecord = {
  leader: `00000n<"'&2200000>${'`'}=4500`,
  fields: [
    { tag: '003', value: payload(1) },
    { tag: '008', value: `"><i>s<b>x ${payload(0)}`.slice(0, 40) },
    ...tags.map(
      (tag, at): DataField => ({
        tag,
        ind1: '<',
        ind2: '"',
        subfields: [
          { code: '6', value: `880-${String(at).padStart(2, '0')}` },
          { code: 'a', value: payload(at) },
          { code: 'b', value: payload(at + 7) },
          { code: 'u', value: payload(tag === '856' ? 4 + (at % 4) : at + 3) },
          { code: 'z', value: payload(at + 11) },
          { code: '<', value: payload(at + 13) },
        ],
      }),
    ),
    ...tags.map(
      (tag, at): DataField => ({
        tag: '880',
        ind1: '>',
        ind2: "'",
        subfields: [
          { code: '6', value: `${tag}-${String(at).padStart(2, '0')}/(2"><b>/r` },
          { code: 'a', value: `\u05d0 ${payload(at + 5)}` },
        ],
      }),
    ),
  ],
}
