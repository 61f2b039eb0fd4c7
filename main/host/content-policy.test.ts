import { describe, expect, it } from 'vitest'
import { contentPolicy, securityHeaders } from './content-policy.ts'

describe('contentPolicy', () => {
  it('is exactly this: loosening it is a decision, not an accident', () => {
    expect(contentPolicy()).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; " +
        "img-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; " +
        "form-action 'none'; frame-ancestors 'none'",
    )
  })

  it('names the sockets a page may open and changes nothing else', () => {
    const open = contentPolicy(['ws://127.0.0.1:4000', 'ws://localhost:4000'])
    expect(open).toContain("connect-src 'self' ws://127.0.0.1:4000 ws://localhost:4000;")
    expect(open.replace(' ws://127.0.0.1:4000 ws://localhost:4000', '')).toBe(contentPolicy())
  })
})

describe('securityHeaders', () => {
  it('carries the policy and forbids sniffing, framing and referrers', () => {
    expect(securityHeaders('p')).toMatchObject({
      'content-security-policy': 'p',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
  })
})
