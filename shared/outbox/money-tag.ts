/**
 * The mark by which a money operation is found again in the account's history: the end of its comment, made from its
 * key. An MT4 comment has 31 characters; the mark takes the last nine.
 */

const MAX_COMMENT = 31
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TAG_CHARACTERS = 8

/** Characters of a comment that are left for people. */
export const MONEY_COMMENT_LENGTH = MAX_COMMENT - TAG_CHARACTERS - 2

/** FNV-1a with 64 bits, of which 40 are kept: among the operations of one account in some hours nothing is found twice. */
export const moneyTag = (key: string): string => {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(key))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  hash = BigInt.asUintN(40, hash ^ (hash >> 24n))
  let text = ''
  for (let i = 0; i < TAG_CHARACTERS; i++) {
    text = ALPHABET[Number(hash & 31n)] + text
    hash >>= 5n
  }
  return `#${text}`
}

/** The comment as it is booked: cut where it is too long, and behind it the mark. */
export const taggedComment = (comment: string, key: string): string =>
  `${comment
    .slice(0, MONEY_COMMENT_LENGTH)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()} ${moneyTag(key)}`.trimStart()
