'use client';

import type { FieldError } from '#lib/errors';
import { ConcurrencyGroup } from './concurrency-group.tsx';
import { DuplicatesGroup } from './duplicates-group.tsx';
import { LabelsGroup } from './labels-group.tsx';
import type { GroupProps } from './option-group.tsx';
import { RelationsGroup } from './relations-group.tsx';
import { RetriesGroup } from './retries-group.tsx';

type MoreOptionsProps = Omit<GroupProps, 'messagesAt' | 'messagesWithin'> & { errors: FieldError[] };

/** Everything that can be said of a task and seldom is. */
export function MoreOptions({ errors, ...rest }: MoreOptionsProps) {
  const messagesAt = (...pointers: string[]) =>
    errors.filter(({ pointer }) => pointers.includes(pointer)).map(({ message }) => message);
  const messagesWithin = (...pointers: string[]) =>
    errors
      .filter((error) => pointers.some((pointer) => `${error.pointer}/`.startsWith(`${pointer}/`)))
      .map(({ message }) => message);
  const props = { ...rest, messagesAt, messagesWithin };
  return (
    <>
      <RetriesGroup {...props} />
      <DuplicatesGroup {...props} />
      <ConcurrencyGroup {...props} />
      <RelationsGroup {...props} />
      <LabelsGroup {...props} />
    </>
  );
}
