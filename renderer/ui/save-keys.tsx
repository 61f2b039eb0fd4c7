/** Says which keys save a form. */
export const SaveKeys = () => (
  <span className="muted small">
    <kbd>Ctrl</kbd> <kbd>Enter</kbd> saves
  </span>
)
