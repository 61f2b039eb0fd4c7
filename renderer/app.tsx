import { MantineProvider } from '@mantine/core'
import { type Desk, DeskContext } from './data/desk-context.ts'
import { useSession } from './data/session-store.ts'
import { useSettings } from './data/settings-store.ts'
import { Connecting } from './shell/connecting.tsx'
import { Shell } from './shell/shell.tsx'
import { Welcome } from './shell/welcome.tsx'
import { PanelBoundary } from './ui/panel-boundary.tsx'
import { theme, themeVariables } from './ui/theme.ts'

const Screen = () => {
  const session = useSession()
  if (!session) return <Connecting />
  if (!session.role) return <Welcome session={session} />
  return <Shell key={session.role} role={session.role} />
}

/** One window of Deskline. */
export const App = ({ desk }: { readonly desk: Desk }) => {
  const colours = useSettings((settings) => settings.theme)
  return (
    <MantineProvider theme={theme} forceColorScheme={colours} cssVariablesResolver={themeVariables}>
      <DeskContext value={desk}>
        <PanelBoundary title="Deskline">
          <Screen />
        </PanelBoundary>
      </DeskContext>
    </MantineProvider>
  )
}
