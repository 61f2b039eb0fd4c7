/** One line of a panel's keys: `['J', 'K']` → "next, previous". */
export type KeyHelp = { readonly keys: readonly string[]; readonly does: string }

const everywhere: readonly KeyHelp[] = [
  { keys: ['Ctrl', 'K'], does: 'every action, client and symbol' },
  { keys: ['F6'], does: 'next panel' },
  { keys: ['Esc'], does: 'close' },
  { keys: ['?'], does: 'these keys' },
]

/** The keys of a panel, shown by `?`. */
export const KeysCard = ({
  title,
  keys,
  onClose,
}: {
  readonly title: string
  readonly keys: readonly KeyHelp[]
  readonly onClose: () => void
}) => (
  <div className="keys-card" role="dialog" aria-label={`Keys of ${title}`}>
    <div className="keys-card-head">
      <strong>Keys of {title}</strong>
      <button type="button" className="button-link" onClick={onClose}>
        Close
      </button>
    </div>
    <dl>
      {[...keys, ...everywhere].map(({ keys: names, does }) => (
        <div key={does}>
          <dt>
            {names.map((name) => (
              <kbd key={name}>{name}</kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  </div>
)
