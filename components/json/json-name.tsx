'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { visibleText } from '../tasks/visible-text.ts';
import { cn } from '../ui/cn.ts';
import { Marked } from '../ui/marked.tsx';
import { useJson } from './json-context.tsx';

/** Brings what it is given to into view when the search comes to it. */
export function useScrolledTo<Place extends HTMLElement>(isCurrent: boolean): RefObject<Place | null> {
  const place = useRef<Place>(null);
  useEffect(() => {
    if (isCurrent) place.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  return place;
}

type JsonNameProps = {
  name: string | null;
  pointer: string;
  value: unknown;
  /** Stands within a button already. */
  plain?: boolean;
};

/** A name, or a place in a list; pressed, it is selected. */
export function JsonName({ name, pointer, value, plain = false }: JsonNameProps) {
  const { current, query, selected, select } = useJson();
  const place = useScrolledTo<HTMLButtonElement>(current === pointer);
  if (name === null) return null;
  const text = (
    <span className={cn(/^\d+$/.test(name) && 'text-muted-foreground', current === pointer && 'underline')}>
      <Marked text={visibleText(name)} query={query} />:
    </span>
  );
  if (plain) return <>{text} </>;
  return (
    <>
      <button
        ref={place}
        type="button"
        aria-pressed={selected === pointer}
        className={cn('rounded-sm hover:bg-accent', selected === pointer && 'bg-accent')}
        onClick={() => select(pointer, value)}
      >
        {text}
      </button>{' '}
    </>
  );
}
