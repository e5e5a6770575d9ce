/** Two members are all that a transport has to offer: an array pair, a WebSocket and a MessagePort do. Messages are JSON. */
export type Pipe = {
  send(message: unknown): void
  /** One listener; returns its stop function. */
  onMessage(listener: (message: unknown) => void): () => void
  onClose(listener: () => void): () => void
  close(): void
}
