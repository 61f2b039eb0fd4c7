import { describe, expect, it } from 'vitest'
import { columnDefs } from './grid-options.ts'
import type { LiveColumn } from './live-column.ts'

const column = (id: LiveColumn<'exposure'>['id'], band?: string): LiveColumn<'exposure'> => ({
  id,
  header: id,
  width: 60,
  text: () => '',
  ...(band === undefined ? {} : { band }),
})

describe('columnDefs', () => {
  it('puts neighbours of one band under one header and leaves the others alone', () => {
    const columns = [
      column('symbol'),
      column('netLots', 'Clients'),
      column('buyLots', 'Clients'),
      column('covBuyLots', 'Coverage'),
      column('bid'),
      column('sellLots', 'Clients'),
    ]
    expect(
      columnDefs(columns).map((def) =>
        'children' in def ? [def.headerName, def.children.map((c) => 'colId' in c && c.colId)] : def.colId,
      ),
    ).toEqual([
      'symbol',
      ['Clients', ['netLots', 'buyLots']],
      ['Coverage', ['covBuyLots']],
      'bid',
      ['Clients', ['sellLots']],
    ])
  })
})
