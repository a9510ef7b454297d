'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import type { ParsedSearch } from '#lib/search/types';
import type { HistoryStep } from '../tasks/use-filter.ts';
import { parseSearch } from './parse-search.ts';
import type { Mistake } from './search-mistake.tsx';

/** What has stood for so long is looked for; only later is it said to be wrong: somebody may be thinking about its end. */
const searchMs = 300;
const mistakeMs = 1_200;

type Options = {
  /** What the list is searched for now. */
  search: string;
  onSearch(text: string, step: HistoryStep): void;
};

/** What is written into a search. It is looked for while one writes, as soon as it can be read, and at once when it is submitted. */
export function useSearchText({ search, onSearch }: Options) {
  const [text, setText] = useState(search);
  const [mistake, setMistake] = useState<Mistake | null>(null);
  /** Searches from here that have yet to come back by the address. */
  const [sent, setSent] = useState<string[]>([]);
  /** The search that writing has put into the address: what is written next takes its place there. */
  const [written, setWritten] = useState<string | null>(null);

  // The address changed, by the back button or a view: the text follows. It does not follow what it was itself a moment ago.
  const [followed, setFollowed] = useState(search);
  if (followed !== search) {
    setFollowed(search);
    const at = sent.indexOf(search);
    setSent(at < 0 ? [] : sent.slice(at + 1));
    if (at < 0) {
      setText(search);
      setMistake(null);
    }
  }

  const look = (wanted: string) => {
    if (wanted === search) return;
    setSent((known) => [...known, wanted]);
    onSearch(wanted, written === search ? 'replace' : 'push');
  };
  const wanted = text.trim();
  const isOpen = wanted !== search;
  useRest(wanted, isOpen ? searchMs : null, (parsed) => {
    if (!parsed.ok || sent.at(-1) === wanted) return;
    look(wanted);
    setWritten(wanted);
  });
  useRest(wanted, isOpen ? mistakeMs : null, (parsed) => {
    if (!parsed.ok) setMistake({ ...parsed, text: wanted });
  });

  return {
    text,
    mistake,
    write: (next: string) => {
      setText(next);
      setMistake(null);
    },
    submit: async () => {
      const parsed = await parseSearch(wanted);
      setMistake(parsed.ok ? null : { ...parsed, text: wanted });
      if (!parsed.ok) return;
      look(wanted);
      setWritten(null);
    },
    clear: () => look(''),
  };
}

/** Calls when a text has stood for so many milliseconds, and has been read; with null never. */
function useRest(text: string, ms: number | null, onRest: (parsed: ParsedSearch) => void): void {
  const rest = useEffectEvent(onRest);
  useEffect(() => {
    if (ms === null) return undefined;
    let stands = true;
    const timer = setTimeout(() => {
      void parseSearch(text).then((parsed) => {
        if (stands) rest(parsed);
      });
    }, ms);
    return () => {
      stands = false;
      clearTimeout(timer);
    };
  }, [text, ms]);
}
