import { Component, type ReactNode } from 'react'
import { errorText } from '../data/error-text.ts'
import { Panel } from './panel.tsx'

type Props = { readonly title: string; readonly children: ReactNode }
type State = { readonly error: string | null }

/** Keeps a fault of one panel in that panel. A class, because React offers error boundaries in no other form. */
export class PanelBoundary extends Component<Props, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(error: unknown): State {
    return { error: errorText(error) }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    const retry = (): void => this.setState({ error: null })
    return <Panel title={this.props.title} status="error" error={error} onRetry={retry} />
  }
}
