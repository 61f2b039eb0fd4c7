/** A value was sealed with a key that is not in the ring. */
export class UnknownKey extends Error {
  override readonly name = 'UnknownKey'
  readonly keyId: string
  constructor(keyId: string) {
    super(`It is sealed with key ${keyId}, which is not in the key ring.`)
    this.keyId = keyId
  }
}

/** A sealed value was changed, cut, or put in another's place. Nothing of it is shown. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
  constructor(detail: string, cause?: unknown) {
    super(`A sealed value cannot be opened: ${detail}`, { cause })
  }
}

/** A schema asks for something that sealing cannot give. */
export class BadSealing extends Error {
  override readonly name = 'BadSealing'
}
