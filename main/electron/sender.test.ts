import { describe, expect, it } from 'vitest'
import { isOwnMainFrame } from './sender.ts'

const page = { url: 'app://deskline/', parent: null, detached: false }

describe('isOwnMainFrame', () => {
  it('takes the main frame of our page', () => {
    expect(isOwnMainFrame(page)).toBe(true)
  })

  it.each([
    ['no frame', null],
    ['a frame that was removed', { ...page, detached: true }],
    ['a frame inside our page', { ...page, parent: page }],
    ['a page of another origin', { ...page, url: 'https://deskline/' }],
    ['a page that begins like ours', { ...page, url: 'app://deskline.example.com/' }],
    ['an empty page', { ...page, url: '' }],
  ])('refuses %s', (_, frame) => {
    expect(isOwnMainFrame(frame)).toBe(false)
  })
})
