/**
 * Which of the code pages that Windows terminals write a text without mark or declaration is in. Only the letters
 * outside ASCII tell. Figures do not depend on it.
 */

/** A double-byte page: the first bytes of its usual signs (marks, kana, the common ideographs or syllables). */
type WidePage = { readonly encoding: string; readonly leads: readonly (readonly [number, number])[] }

const widePages: readonly WidePage[] = [
  {
    encoding: 'shift_jis',
    leads: [
      [0x81, 0x83],
      [0x88, 0x97],
    ],
  },
  {
    encoding: 'euc-kr',
    leads: [
      [0xa1, 0xa3],
      [0xb0, 0xc8],
    ],
  },
  {
    encoding: 'gb18030',
    leads: [
      [0xa1, 0xa3],
      [0xb0, 0xd7],
    ],
  },
  { encoding: 'big5', leads: [[0xa1, 0xc6]] },
]

/**
 * A single-byte page, the letters one expects of its languages, and, where these are not Latin, the commonest: the
 * bytes of one alphabet are letters of the other, but seldom the common ones.
 */
type Page = { readonly encoding: string; readonly usual: RegExp; readonly common?: RegExp }

const pages: readonly Page[] = [
  { encoding: 'windows-1251', usual: /[а-яё]/iu, common: /[оеаинтсрвлкмд]/u },
  { encoding: 'windows-1253', usual: /[α-ωάέήίόύώ]/iu, common: /[αοιετσνηυρκπμλςάίό]/u },
  { encoding: 'windows-1255', usual: /[א-ת]/u, common: /[יוהלאמתרבשנדכחעםןך]/u },
  { encoding: 'windows-1256', usual: /[\u0621-\u064a]/u, common: /[اليمنتهروب]/u },
  {
    encoding: 'windows-874',
    usual: /[\u0e01-\u0e4e]/u,
    common: /[านรกอเงมยลวดทส]|\p{M}/u,
  },
  { encoding: 'windows-1252', usual: /[àâäáãåæçèéêëìíîïñòóôöõøùúûüß]/u },
  { encoding: 'windows-1250', usual: /[ąćęłńśźżěščřžýáíéůďťňőűäöü]/u },
  { encoding: 'windows-1254', usual: /[ğışçöüâ]/u },
  { encoding: 'windows-1257', usual: /[āčēģīķļņšūžąęėįųõäöü]/u },
  { encoding: 'windows-1258', usual: /[ăâđêôơưàáéèíìóòúù]|\p{M}/u },
]

const SAMPLE = 4096
/** From this share of usual signs on, a text is believed to be double-byte: anything else is rarely that even. */
const WIDE = 0.85

/** Runs of bytes outside ASCII with one byte before and after; at most `SAMPLE` bytes. */
const foreign = (bytes: Uint8Array): Uint8Array => {
  const out: number[] = []
  const high = (i: number): boolean => (bytes[i] ?? 0) >= 128
  for (let i = 0; i < bytes.length && out.length < SAMPLE; i++)
    if (high(i) || high(i - 1) || high(i + 1)) out.push(bytes[i] as number)
    else if (out.length > 0 && out.at(-1) !== 32) out.push(32)
  return Uint8Array.from(out)
}

const isLetter = (byte: number | undefined): boolean =>
  byte !== undefined && (byte | 32) >= 97 && (byte | 32) <= 122

/**
 * Share of usual signs among the pairs, 0…1. A lone half, or a sign grown into a Latin word ("M黮ler"), speaks against
 * the page.
 */
const wideScore = ({ leads }: WidePage, bytes: Uint8Array): number => {
  let usual = 0
  let all = 0
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] as number
    if (lead < 128) continue
    all++
    const trail = bytes[i + 1] ?? 0
    const whole = trail >= 0x40 && trail !== 0x7f
    const inWord = isLetter(bytes[i - 1]) && isLetter(bytes[i + 2])
    if (whole && !inWord && leads.some(([from, to]) => lead >= from && lead <= to)) usual++
    i++
  }
  return all === 0 ? 0 : usual / all
}

/** What a letter that is not usual beside its neighbours counts. */
const ODD = 0.3

/**
 * Share of what was decoded that is usual in the page's languages, 0…1; an uncommon letter counts less. Letters with
 * accents stand inside Latin words, those of other alphabets do not.
 */
const score = ({ encoding, usual, common }: Page, bytes: Uint8Array): number => {
  let worth = 0
  let all = 0
  const letters = new TextDecoder(encoding).decode(bytes).split('')
  for (const [i, letter] of letters.entries()) {
    if (letter.charCodeAt(0) < 128) continue
    all++
    const inLatin = /[a-z]/iu.test(`${letters[i - 1] ?? ''}${letters[i + 1] ?? ''}`)
    if (letter === '\ufffd' || /\p{Co}|\p{Cn}|\p{Cc}/u.test(letter)) all += 2
    else if (!usual.test(letter)) continue
    else if (inLatin !== (common === undefined)) worth += ODD
    else worth += common?.test(letter) === false ? ODD : 1
  }
  return all === 0 ? 0 : worth / all
}

/** The code page that fits best; windows-1252 where nothing speaks for another. */
export const scorePages = (bytes: Uint8Array): string => {
  const sample = foreign(bytes)
  let best = 'windows-1252'
  let top = 0
  const offer = (encoding: string, worth: number): void => {
    if (worth > top) [best, top] = [encoding, worth]
  }
  for (const page of widePages) {
    const worth = wideScore(page, sample)
    if (worth >= WIDE) offer(page.encoding, worth)
  }
  for (const page of pages) offer(page.encoding, score(page, sample))
  return best
}
