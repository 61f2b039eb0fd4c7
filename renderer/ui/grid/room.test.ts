import { describe, expect, it } from 'vitest'
import { createRoom, extentOf, type Roomy } from './room.ts'

const cell = (id: string, needs: number, has: number, text = ''): Roomy & { text: string } => ({
  column: { id, numeric: true },
  element: { scrollWidth: Math.max(needs, has), clientWidth: has },
  text,
})

describe('extentOf', () => {
  it('takes more digits for wider whatever stands between them', () => {
    expect(extentOf('104438.12')).toBeGreaterThan(extentOf('9,999.123'))
    expect(extentOf('−12.50')).toBeGreaterThan(extentOf('12.50'))
  })
})

describe('createRoom', () => {
  it('tells by how much a figure is too wide, once', () => {
    const room = createRoom()
    room.note(cell('price', 87, 80), '104438.12')
    expect([...room.lacking()]).toEqual([['price', 7]])
    expect(room.lacking().size).toBe(0)
  })

  it('looks only at what is wider than all before it', () => {
    const room = createRoom()
    room.note(cell('price', 60, 80), '1000.00')
    room.lacking()
    room.note(cell('price', 99, 80), '999.00')
    expect(room.lacking().size).toBe(0)
    room.note(cell('price', 99, 80), '10000.00')
    expect(room.lacking().get('price')).toBe(19)
  })

  it('takes the widest of several and leaves words and cells that went away alone', () => {
    const room = createRoom()
    const gone = cell('price', 200, 80)
    room.note(cell('price', 81, 80), '1')
    room.note(cell('price', 85, 80), '11')
    room.note(gone, '111')
    room.forget(gone)
    room.note({ ...cell('name', 200, 80), column: { id: 'name' } }, 'Panayiotis Charalambous')
    expect([...room.lacking()]).toEqual([['price', 5]])
  })

  it('measures a figure that was not laid out when it is, even if no other is written', () => {
    const room = createRoom()
    const unseen = { ...cell('login', 0, 0), element: { scrollWidth: 0, clientWidth: 0 } }
    room.note(unseen, '70000012')
    expect(room.lacking().size).toBe(0)
    unseen.element = { scrollWidth: 79, clientWidth: 66 }
    expect([...room.lacking()]).toEqual([['login', 13]])
  })

  it('tells when a cell goes away that nobody has measured', () => {
    const room = createRoom()
    const [first, second] = [cell('login', 79, 66), cell('login', 79, 66)]
    room.note(first, '70000012')
    room.note(second, '70000013')
    expect([room.forget(first), room.forget(second)]).toEqual([true, false])
  })

  it('looks again when the columns have other widths', () => {
    const room = createRoom()
    room.note(cell('price', 80, 90), '104438.12')
    room.lacking()
    room.restart([cell('price', 80, 70, '104438.12')])
    expect(room.lacking().get('price')).toBe(10)
  })
})
