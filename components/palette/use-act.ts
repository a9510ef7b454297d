'use client';

import { useTheme } from 'next-themes';
import { useRouter } from 'next/navigation';
import { signOut } from '../api/calls.ts';
import { toastRefusal } from '../api/toast-refusal.ts';
import { useControlQueue } from '../queues/use-control-queue.ts';
import type { Act } from './commands.ts';

/** Does what was chosen, and closes the palette first. */
export function useAct({ close, help }: { close(): void; help(): void }): (act: Act) => Promise<void> {
  const router = useRouter();
  const { setTheme } = useTheme();
  const { mutate: control } = useControlQueue();
  return async (act) => {
    close();
    switch (act.kind) {
      case 'go':
        return router.push(act.href);
      case 'theme':
        return setTheme(act.theme);
      case 'help':
        return help();
      case 'queue':
        return control({ queue: act.queue, verb: act.verb });
      case 'sign-out':
        return leave();
    }
  };
}

async function leave(): Promise<void> {
  try {
    await signOut();
    window.location.assign('/sign-in');
  } catch (error) {
    toastRefusal('You are still signed in.', error);
  }
}
