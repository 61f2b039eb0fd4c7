import { describe, expect, it } from 'vitest'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import { createSignInDoor } from './sign-in.ts'

const door = () =>
  createSignInDoor(
    [
      { login: 1, password: 'one', name: 'First', groups: '*' },
      { login: 2, password: 'two', name: 'Second', groups: 'vip*' },
    ],
    ['token-a', 'token-b'],
  )

describe('sign-in door', () => {
  it('knows managers by password and tokens', () => {
    const signIn = door()
    expect(signIn({ login: 2, password: 'two' }, 'a', 0).manager).toEqual({
      login: 2,
      name: 'Second',
      groups: 'vip*',
    })
    expect(signIn({ token: 'token-b' }, 'a', 0).manager).toMatchObject({ login: 0 })
  })

  it('answers an unknown login and a wrong password alike', () => {
    const wrong = door()({ login: 1, password: 'x' }, 'a', 0).answer
    const unknown = door()({ login: 99, password: 'one' }, 'a', 0).answer
    const token = door()({ token: 'token-c' }, 'a', 0).answer
    expect(wrong).toMatchObject({ code: RetCode.BAD_ACCOUNT_INFO, retryAfterMs: 500 })
    expect(unknown).toEqual(wrong)
    expect(token).toEqual(wrong)
  })

  it('holds up the login from anywhere and the address for any login', () => {
    const signIn = door()
    signIn({ login: 1, password: 'x' }, 'a', 0)
    expect(signIn({ login: 1, password: 'one' }, 'b', 499)).toMatchObject({ checked: false })
    expect(signIn({ login: 2, password: 'two' }, 'a', 499).answer).toMatchObject({
      code: RetCode.TOO_FREQUENT,
      retryAfterMs: 1,
    })
    expect(signIn({ login: 2, password: 'two' }, 'b', 499).manager).toBeDefined()
    expect(signIn({ login: 1, password: 'one' }, 'a', 500).manager).toBeDefined()
  })

  it('does not make an attempt inside the wait lengthen it', () => {
    const signIn = door()
    signIn({ login: 1, password: 'x' }, 'a', 0)
    for (let now = 1; now < 500; now += 50) signIn({ login: 1, password: 'x' }, 'a', now)
    expect(signIn({ login: 1, password: 'one' }, 'a', 500).manager).toBeDefined()
  })

  it('forgives the login after a success, not the address', () => {
    const signIn = door()
    signIn({ login: 1, password: 'x' }, 'a', 0)
    signIn({ login: 1, password: 'one' }, 'a', 1000)
    expect(signIn({ login: 1, password: 'x' }, 'b', 1000).answer).toMatchObject({ retryAfterMs: 500 })
    expect(signIn({ login: 2, password: 'x' }, 'a', 5000).answer).toMatchObject({ retryAfterMs: 1000 })
  })
})
