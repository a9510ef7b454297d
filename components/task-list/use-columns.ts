'use client';

import { useMemo, useState } from 'react';
import { type Column, columns } from './columns.tsx';
import { columnsCookieOf } from './columns-cookie.ts';

const usual = columns.filter((column) => !column.extra).map((column) => column.id);

/** The columns that are shown, and the way to change it. `initial` is what the cookie said when the server drew the page. */
export function useColumns(initial: string[] | undefined): { shown: Column[]; toggle(id: string): void } {
  const [chosen, setChosen] = useState(initial ?? usual);
  const shown = useMemo(() => columns.filter((column) => column.fixed || chosen.includes(column.id)), [chosen]);
  const toggle = (id: string) => {
    const next = chosen.includes(id) ? chosen.filter((known) => known !== id) : [...chosen, id];
    document.cookie = columnsCookieOf(next);
    setChosen(next);
  };
  return { shown, toggle };
}
