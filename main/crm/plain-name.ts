/**
 * A place name reduced to what people agree on: lower case, no accents, no punctuation, `&` and "St." written out,
 * so that "São Tomé & Príncipe" and "Sao Tome and Principe" are one.
 */
export const plainName = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/[’'`.]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replaceAll(/\bst\b/g, 'saint')
    .replace(/^the /, '')
