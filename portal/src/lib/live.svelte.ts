/** The one subscription of this tab: what happens in the viewer's own affairs, without gap across breaks and restarts. */
import type { Client } from 'graphql-sse';
import { language } from './language.svelte';
import { MyEvents } from './operations';
import { textOf, type ResultOf } from './graphql';
import { session } from './session.svelte';

export type LiveEvent = ResultOf<typeof MyEvents>['viewerEvents'];
type Listener = (event: LiveEvent) => void;

/** Milliseconds before trying again, doubled up to the last. */
const PAUSES = [500, 1_000, 2_000, 5_000, 15_000];

const state = $state({ connected: false, everConnected: false });
const listeners = new Set<Listener>();
const returns = new Set<() => void>();
const changes = new Set<() => void>();
/** Ends the pause before the next try. */
let wake: (() => void) | undefined;
let stop: (() => void) | undefined;

export const live = {
  /** Whether the connection was there and is not now. */
  get isBroken() { return state.everConnected && !state.connected; },
  /** Hears events until the function given back is called. */
  listen(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Is called when the connection stands again after a break: read anew what is shown. */
  onReturn(listener: () => void): () => void {
    returns.add(listener);
    return () => returns.delete(listener);
  },
  /** Hears, until the function given back is called, that the viewer's own doing changed what waits: messages read. */
  onChanged(listener: () => void): () => void {
    changes.add(listener);
    return () => changes.delete(listener);
  },
  changed(): void {
    for (const listener of changes) listener();
  },
  /** Begins, or tries again at once: after signing in again. */
  start(): void {
    wake?.();
    if (stop) return;
    const ended = new AbortController();
    stop = () => ended.abort();
    void run(ended.signal);
  },
  end(): void {
    stop?.();
    stop = undefined;
    state.connected = state.everConnected = false;
  },
};

async function run(ended: AbortSignal): Promise<void> {
  const { createClient } = await import('graphql-sse');
  let after: string | null = null;
  let failures = 0;
  while (!ended.aborted) {
    const client: Client = createClient({
      url: '/graphql',
      retryAttempts: 0,
      headers: () => ({ 'accept-language': language.current }),
    });
    let giveUp = () => {};
    await new Promise<void>((done) => {
      const connected = () => {
        if (state.connected) return;
        state.connected = true;
        failures = 0;
        if (state.everConnected) for (const listener of returns) listener();
        state.everConnected = true;
      };
      const close = client.subscribe<ResultOf<typeof MyEvents>>(
        { query: textOf(MyEvents), variables: { after } },
        {
          next({ data, errors }) {
            if (errors?.some(({ extensions }) => extensions?.code === 'SIGN_IN_NEEDED')) {
              // The frame ends the subscription, until somebody signs in again.
              session.lost();
              return;
            }
            connected();
            if (!data) return;
            after = data.viewerEvents.cursor;
            for (const listener of listeners) listener(data.viewerEvents);
          },
          error: () => done(),
          complete: () => done(),
        },
        { connected },
      );
      giveUp = () => { close(); done(); };
      ended.addEventListener('abort', giveUp);
    });
    ended.removeEventListener('abort', giveUp);
    client.dispose();
    state.connected = false;
    if (ended.aborted) return;
    const pause = PAUSES[Math.min(failures, PAUSES.length - 1)] ?? 15_000;
    failures += 1;
    await new Promise<void>((go) => {
      const timer = setTimeout(() => wake?.(), pause);
      wake = () => {
        clearTimeout(timer);
        removeEventListener('online', onLine);
        wake = undefined;
        go();
      };
      const onLine = wake;
      addEventListener('online', onLine);
    });
  }
}
