'use client';

import { createContext, useContext } from 'react';

/** What all nodes of one viewer share. */
type JsonContextValue = {
  /** Open without having been pressed. */
  openAtFirst: ReadonlySet<string>;
  /** What the search has open: containers, each with the place of the member that must be seen. */
  revealed: ReadonlyMap<string, number>;
  /** Rises when the search moves: what the reader closed before is opened again where the search leads. */
  move: number;
  /** The match at which the search stands. */
  current: string | null;
  query: string;
  selected: string | null;
  select(pointer: string, value: unknown): void;
};

export const JsonContext = createContext<JsonContextValue>({
  openAtFirst: new Set(),
  revealed: new Map(),
  move: 0,
  current: null,
  query: '',
  selected: null,
  select: () => undefined,
});

export const useJson = (): JsonContextValue => useContext(JsonContext);
