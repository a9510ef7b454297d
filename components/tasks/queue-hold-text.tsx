import Link from 'next/link';
import type { ReactNode } from 'react';
import type { QueueHold } from './use-queue-hold.ts';

type QueueHoldTextProps = {
  queue: string;
  hold: QueueHold;
  /** The reader goes to where it can be changed. */
  onLeave?: (() => void) | undefined;
  /** From a form that would be lost. */
  target?: '_blank';
};

/** Why a task of the queue does not start, and what it takes that it does. */
export function QueueHoldText({ queue, hold, onLeave, target }: QueueHoldTextProps) {
  const link = (href: string, text: ReactNode) => (
    <Link
      href={href}
      prefetch={false}
      target={target}
      onClick={() => onLeave?.()}
      className="text-foreground underline underline-offset-2"
    >
      {text}
      {target ? <span className="sr-only"> (in a new tab)</span> : null}
    </Link>
  );
  if (hold === 'no worker')
    return (
      <>
        {link('/workers', 'No worker')} takes tasks of the queue {queue}: the task starts once one does.
      </>
    );
  if (hold === 'paused')
    return <>The queue {link('/queues', queue)} is paused: the task starts once the queue is resumed.</>;
  return <>The queue {link('/queues', queue)} takes no new tasks: the task is refused until the queue is resumed.</>;
}
