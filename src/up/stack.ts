/** What has been started, to be stopped in the opposite order. */
export interface Stack {
  /** Adds something with the way to stop it. */
  add(name: string, close: () => Promise<unknown>): void;
  /** Stops everything, each once. One that fails does not keep the others from being stopped. */
  close(failed: (name: string, error: unknown) => void): Promise<void>;
}

export function stack(): Stack {
  const open: { name: string; close: () => Promise<unknown> }[] = [];
  return {
    add: (name, close) => void open.push({ name, close }),
    async close(failed) {
      for (let last = open.pop(); last; last = open.pop()) {
        const { name } = last;
        await last.close().catch((error: unknown) => failed(name, error));
      }
    },
  };
}
