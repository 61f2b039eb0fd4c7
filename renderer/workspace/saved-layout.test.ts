import { Model } from 'flexlayout-react'
import { describe, expect, it } from 'vitest'
import { roles } from '../../shared/api/models.ts'
import { defaultLayout } from './default-layouts.ts'
import { readLayout, writeLayout } from './saved-layout.ts'

describe('saved layouts', () => {
  it('come back as they were written, for every role', () => {
    for (const role of roles) {
      const before = Model.fromJson(defaultLayout(role)).toJson()
      const read = readLayout(writeLayout(before))
      expect(read).not.toBeNull()
      expect(Model.fromJson(read as never).toJson()).toEqual(before)
    }
  })

  it('are refused when they are something else', () => {
    for (const bad of [
      '',
      'null',
      '{}',
      '[1]',
      '{"version":2,"model":{"layout":{"type":"row"}}}',
      '{"version":1}',
    ])
      expect(readLayout(bad)).toBeNull()
  })

  it('name every panel at most once', () => {
    for (const role of roles) {
      const ids: string[] = []
      Model.fromJson(defaultLayout(role)).visitNodes((node) => {
        if (node.getType() === 'tab') ids.push(node.getId())
      })
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.length).toBeGreaterThan(3)
    }
  })
})
