/** Lower-case texts of an account, made when first looked for and dropped when the account changes. */
export type AccountText = {
  /** Login, name, group and country on lines of their own: what a view's text filter looks at. */
  readonly filter: string
  /** Words of the name, each with a space before it. */
  readonly name: string
  readonly email: string
  /** The phone as written, and its digits. */
  readonly phone: string
  readonly digits: string
}

export type AccountTexts = {
  readonly get: (slot: number) => AccountText | undefined
  readonly set: (slot: number, text: AccountText) => void
  readonly delete: (slot: number) => void
}

export const createAccountTexts = (): AccountTexts => {
  const texts: (AccountText | undefined)[] = []
  return {
    get: (slot) => texts[slot],
    set: (slot, text) => {
      texts[slot] = text
    },
    delete: (slot) => {
      if (slot < texts.length) texts[slot] = undefined
    },
  }
}

type Texts = { readonly at: (slot: number) => string }

export type AccountTextSource = {
  readonly texts: AccountTexts
  readonly pool: { readonly text: (code: number) => string }
  readonly users: {
    readonly columns: {
      readonly login: ArrayLike<number>
      readonly name: Texts
      readonly group: ArrayLike<number>
      readonly country: ArrayLike<number>
      readonly email: Texts
      readonly phone: Texts
    }
  }
}

export const accountText = (world: AccountTextSource, slot: number): AccountText => {
  const known = world.texts.get(slot)
  if (known) return known
  const u = world.users.columns
  const name = u.name.at(slot).toLowerCase()
  const country = world.pool.text(u.country[slot] as number).toLowerCase()
  const group = world.pool.text(u.group[slot] as number).toLowerCase()
  const phone = u.phone.at(slot).trim().toLowerCase()
  const text = {
    filter: `${u.login[slot]}\n${name}\n${group}\n${country}`,
    name: ` ${name}`,
    email: u.email.at(slot).trim().toLowerCase(),
    phone,
    digits: phone.replaceAll(/\D/g, ''),
  }
  world.texts.set(slot, text)
  return text
}
