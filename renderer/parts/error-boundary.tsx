import { Component } from 'react'
import type { ReactNode } from 'react'

type ErrorBoundaryProps = {
  readonly children: ReactNode
  /** What the children are drawn from: another one is another try. */
  readonly subject: unknown
  readonly fallback: (message: string, retry: () => void) => ReactNode
}
type ErrorBoundaryState = { readonly message: string | undefined; readonly subject: unknown }

/**
 * A bug in one part of the window must not take the others away, least of all the roll back, and not outlive what set it
 * off. React offers this to classes only.
 */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { message: undefined, subject: this.props.subject }

  static getDerivedStateFromError(error: unknown): Pick<ErrorBoundaryState, 'message'> {
    return { message: error instanceof Error ? error.message : String(error) }
  }

  static getDerivedStateFromProps(
    { subject }: ErrorBoundaryProps,
    before: ErrorBoundaryState,
  ): ErrorBoundaryState | null {
    return Object.is(subject, before.subject) ? null : { message: undefined, subject }
  }

  private readonly retry = (): void => {
    this.setState({ message: undefined })
  }

  override render(): ReactNode {
    const { message } = this.state
    return message === undefined ? this.props.children : this.props.fallback(message, this.retry)
  }
}
