import { Component, type ReactNode } from 'react';

/** Keeps the frame alive when a screen breaks; `fallback` gets a function that shows the screen anew. */
export class ErrorBoundary extends Component<
  { readonly fallback: (again: () => void) => ReactNode; readonly children: ReactNode },
  { readonly isBroken: boolean }
> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? this.props.fallback(() => this.setState({ isBroken: false })) : this.props.children;
  }
}
