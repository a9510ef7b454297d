'use client';

import { useCallback, useState } from 'react';
import { nothing, select, type Selection, selectLoaded } from './selection.ts';

/** What is selected in a list; `order` holds the ids of its rows as they stand. The functions stay the same. */
export function useSelection() {
  const [selection, setSelection] = useState<Selection>(nothing);
  return {
    selection,
    toggle: useCallback(
      (id: string, order: string[], extend: boolean) => setSelection((known) => select(known, id, order, extend)),
      [],
    ),
    toggleLoaded: useCallback((order: string[]) => setSelection((known) => selectLoaded(known, order)), []),
    selectAll: useCallback(() => setSelection({ ...nothing, all: true }), []),
    clear: useCallback(() => setSelection(nothing), []),
  };
}
