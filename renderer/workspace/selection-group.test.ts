import { Actions, Model, TabNode } from 'flexlayout-react'
import { describe, expect, it } from 'vitest'
import { selectionGroups } from '../data/selection-store.ts'
import { defaultLayout } from './default-layouts.ts'
import { cycleGroup, groupOf, nextGroup } from './selection-group.ts'

const clientTab = (model: Model): TabNode => {
  const node = model.getNodeById('client')
  if (!(node instanceof TabNode)) throw new Error('no client tab')
  return node
}

describe('colour groups of tabs', () => {
  it('start blue, go through every colour and around, and are saved with the layout', () => {
    const model = Model.fromJson(defaultLayout('dealer'))
    expect(groupOf(clientTab(model))).toBe('blue')
    cycleGroup(clientTab(model))
    expect(groupOf(clientTab(model))).toBe('amber')
    expect(groupOf(clientTab(Model.fromJson(model.toJson())))).toBe('amber')
    let group = selectionGroups[0] as (typeof selectionGroups)[number]
    const seen = selectionGroups.map(() => {
      group = nextGroup(group)
      return group
    })
    expect(seen.at(-1)).toBe('blue')
    expect(new Set(seen).size).toBe(selectionGroups.length)
  })

  it('are blue again when a layout says something else', () => {
    const model = Model.fromJson(defaultLayout('dealer'))
    model.doAction(Actions.updateNodeAttributes('client', { config: { group: 'pink' } }))
    expect(groupOf(clientTab(model))).toBe('blue')
  })
})
