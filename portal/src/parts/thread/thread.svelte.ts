/** The messages of one conversation as far as they are here: the latest, earlier ones on demand, new ones live. */
import { untrack } from 'svelte';
import { ask } from '../../lib/ask';
import type { FragmentOf, ResultOf } from '../../lib/graphql';
import { live } from '../../lib/live.svelte';
import { follow } from '../letters/follow.svelte';
import { query } from '../../lib/query.svelte';
import { MarkRead, ThreadPage, type ThreadMessage } from './operations';

export type Message = FragmentOf<typeof ThreadMessage>;
export type Talk = Extract<ResultOf<typeof ThreadPage>['node'], { __typename: 'Conversation' }>;

/** Call while a component is made. */
export function thread(id: string) {
  const asked = query(ThreadPage, () => ({ id, before: null }));
  let messages = $state.raw<readonly Message[]>([]);
  let talk = $state.raw<Talk | undefined>();
  /** Where the messages before the first one here begin. */
  let before = $state.raw<string | null>(null);
  let marked = 0;

  function merge(more: readonly Message[]): void {
    const byPosition = new Map([...messages, ...more].map((message) => [message.position, message]));
    messages = [...byPosition.values()].sort((a, b) => a.position - b.position);
  }

  $effect(() => {
    const found = asked.data?.node;
    if (found?.__typename !== 'Conversation') return;
    untrack(() => {
      const { nodes, pageInfo } = found.messages;
      const last = messages.at(-1)?.position ?? 0;
      // More came than one page: what is here would leave a hole.
      const holed = (nodes[0]?.position ?? 0) > last + 1;
      if (!talk || holed) {
        messages = [];
        before = pageInfo.hasPreviousPage ? pageInfo.startCursor : null;
      }
      talk = found;
      merge(nodes);
    });
  });
  $effect(() => live.listen((event) => {
    const isHere = event.__typename === 'MessageEvent' && event.conversation?.id === id;
    // A letter about one of its messages may have failed.
    if (isHere || event.__typename === 'MailProblemEvent') void asked.again();
  }));
  $effect(() => live.onReturn(() => void asked.again()));
  follow(() => {
    const last = messages.findLast(({ letters }) => letters);
    return last && { key: last.id, at: last.sentAt, letters: last.letters };
  }, asked.again);

  return {
    asked,
    get talk() { return talk; },
    get messages() { return messages; },
    get hasEarlier() { return before !== null; },
    merge,
    async earlier(): Promise<void> {
      const { node } = await ask(ThreadPage, { id, before });
      if (node?.__typename !== 'Conversation') return;
      before = node.messages.pageInfo.hasPreviousPage ? node.messages.pageInfo.startCursor : null;
      merge(node.messages.nodes);
    },
    /** The last message stands before the viewer's eyes. */
    async read(): Promise<void> {
      const last = messages.at(-1)?.position ?? 0;
      if (last <= marked || !talk?.viewerActions.includes('MARK_CONVERSATION_READ')) return;
      const old = marked;
      marked = last;
      try {
        await ask(MarkRead, { conversation: id, upTo: last });
        live.changed();
      } catch {
        // Said again with the next message.
        marked = old;
      }
    },
  };
}
