import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StatementError, type StatementFault } from '../errors.ts'
import { reconcileFile } from '../reconcile-file.ts'
import { bytesOf, statementHtml } from '../testing/statement-fixture.ts'

const folder = path.join(import.meta.dirname, '../../../../shared/data/statements')
const real = existsSync(folder)

type Outcome = StatementFault | 'agrees' | 'differs' | 'another error'

/** The fault by name, or the verdict of what could be read. */
const outcome = (bytes: Uint8Array): Outcome => {
  try {
    return reconcileFile('x.htm', bytes).agrees ? 'agrees' : 'differs'
  } catch (error) {
    if (error instanceof StatementError) return error.fault
    return 'another error'
  }
}

const repeated = (text: string, times: number): Uint8Array => bytesOf(text.repeat(times))

describe('what is no statement', () => {
  it.each<[string, Uint8Array, StatementFault]>([
    ['nothing', new Uint8Array(0), 'EMPTY'],
    ['white space', bytesOf(' \r\n\t '), 'EMPTY'],
    ['a program', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256), 'NOT_TEXT'],
    ['zeros', new Uint8Array(5000), 'NOT_TEXT'],
    [
      'a page',
      bytesOf('<html><body><table><tr><td>Hello</td></tr></table></body></html>'),
      'NOT_A_STATEMENT',
    ],
    ['a letter', bytesOf('Dear Sir, my balance is 5.'), 'NOT_A_STATEMENT'],
    ['a quote', bytesOf('"never closed,1,2\n'.repeat(3000)), 'NOT_A_STATEMENT'],
    ['more than 32 MB', new Uint8Array(33 * 1024 * 1024).fill(65), 'TOO_LARGE'],
    ['a nest of elements', bytesOf(`<table><tr><td>${'<div>'.repeat(200_000)}`), 'TOO_COMPLEX'],
    ['closing tags without end', repeated('</b></x></td>', 200_000), 'NOT_A_STATEMENT'],
    ['a row without end', bytesOf(`<table><tr>${'<td>1</td>'.repeat(100_000)}</tr></table>`), 'TOO_COMPLEX'],
    ['rows without end', repeated('<tr>', 2_000_000), 'TOO_COMPLEX'],
    ['a tag without end', bytesOf(`<table><tr><td title="${'x'.repeat(5_000_000)}`), 'NOT_A_STATEMENT'],
    [
      'attributes without end',
      bytesOf(`<table ${'a=1 '.repeat(500_000)}><tr><td>1</td></tr></table>`),
      'NOT_A_STATEMENT',
    ],
    [
      'an entity bomb',
      bytesOf(
        `<!DOCTYPE x [<!ENTITY a "${'b'.repeat(100)}"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><table><tr><td>${'&b;&amp;&#9999999999;'.repeat(50_000)}</td></tr></table>`,
      ),
      'NOT_A_STATEMENT',
    ],
    ['a comment without end', bytesOf(`<!--${'<table>'.repeat(500_000)}`), 'NOT_A_STATEMENT'],
  ])('%s is refused by name', (_, bytes, fault) => {
    expect(outcome(bytes)).toBe(fault)
  })

  it('script, style and template text is no figure, and nothing is run', () => {
    const script = '<script>globalThis.hacked = 1; document.write("<tr><td>1</td></tr>")</script>'
    const html = statementHtml.replaceAll('<td class=mspt>', `<td class=mspt>${script}<template>9</template>`)
    expect(outcome(bytesOf(html))).toBe('agrees')
    expect('hacked' in globalThis).toBe(false)
  })

  it('a statement cut off anywhere is never called right', () => {
    const bytes = bytesOf(statementHtml)
    const end = bytesOf(statementHtml.slice(0, statementHtml.lastIndexOf('</table>'))).length
    for (let at = 0; at < end; at += 7)
      expect(['EMPTY', 'TRUNCATED', 'NOT_A_STATEMENT'], `cut at ${at}`).toContain(
        outcome(bytes.subarray(0, at)),
      )
  })
})

describe('damage', () => {
  it('to any byte throws nothing but the named errors', () => {
    const whole = bytesOf(statementHtml)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 40 }),
        (changes) => {
          const bytes = Uint8Array.from(whole)
          for (const [at, byte] of changes) bytes[at] = byte
          expect(outcome(bytes)).not.toBe('another error')
        },
      ),
      { numRuns: 400 },
    )
  })

  it('by pieces cut out, doubled or put elsewhere throws nothing but the named errors', () => {
    const pieces = statementHtml.split(/(?=<t[rd])/u)
    fc.assert(
      fc.property(fc.array(fc.nat(pieces.length - 1), { maxLength: 120 }), (picked) => {
        expect(outcome(bytesOf(picked.map((i) => pieces[i]).join('')))).not.toBe('another error')
      }),
      { numRuns: 300 },
    )
  })

  it.skipIf(!real)('to real files throws nothing but the named errors', () => {
    const files = readdirSync(folder).filter((f) => f.endsWith('.htm'))
    const small = files.map((f) => readFileSync(path.join(folder, f))).filter((b) => b.length < 100_000)
    expect(small.length).toBeGreaterThan(10)
    fc.assert(
      fc.property(
        fc.nat(small.length - 1),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 20 }),
        (which, cut, changes) => {
          const bytes = Uint8Array.from(small[which] as Uint8Array)
          for (const [at, byte] of changes) bytes[Math.floor(at * (bytes.length - 1))] = byte
          const part = bytes.subarray(0, Math.floor(bytes.length * cut))
          expect([outcome(part), outcome(bytes)]).not.toContain('another error')
        },
      ),
      { numRuns: 150 },
    )
  })
})
