import { Component } from 'react'
import type { ReactNode } from 'react'

type ErrorBoundaryProps = { readonly children: ReactNode; readonly fallback: (message: string) => ReactNode }
type ErrorBoundaryState = { readonly message: string | undefined }

/** A bug in one part of the window must not take the others away, least of all the roll back. React offers this to classes only. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { message: undefined }

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { message: error instanceof Error ? error.message : String(error) }
  }

  override render(): ReactNode {
    const { message } = this.state
    return message === undefined ? this.props.children : this.props.fallback(message)
  }
}
