import manifest from '../../package.json' with { type: 'json' }

/** Version of this desk, as in package.json. */
export const { version } = manifest
