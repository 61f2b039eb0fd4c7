/** The desk does not know the account, so it knows neither its currency nor whether it is there. */
export class PaymentAccountUnknown extends Error {
  override readonly name = 'PaymentAccountUnknown'
  constructor(login: number) {
    super(`The desk knows no account ${login}. Nothing was booked.`)
  }
}

/** The amount is not one of the account's currency. */
export class PaymentAmountRefused extends Error {
  override readonly name = 'PaymentAmountRefused'
  constructor(amount: number, currency: string, digits: number) {
    super(`${amount} is no amount of ${currency}, which has ${digits} decimals. Nothing was booked.`)
  }
}

/** A payment was asked for under an id that belongs to another one. */
export class PaymentIdUsed extends Error {
  override readonly name = 'PaymentIdUsed'
  constructor(id: string) {
    super(`${id} was asked for before, with another amount or account. Nothing was booked.`)
  }
}
