'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Suggestions } from '#lib/search/types';
import { keys } from '../api/keys.ts';
import { fetchSuggestions } from './calls.ts';

/** While one writes, the server is not asked at each letter. */
const pauseMs = 120;
/** Suggestions of the same text stay good for so long. */
const staleMs = 30_000;

/** What may stand at the caret; undefined while it is not known. Only of the text as it is: older ones would be put in at a wrong place. */
export function useSuggestions(text: string, at: number, enabled: boolean): Suggestions | undefined {
  const [wanted, setWanted] = useState({ text, at });
  useEffect(() => {
    const timer = setTimeout(() => setWanted({ text, at }), pauseMs);
    return () => clearTimeout(timer);
  }, [text, at]);
  const { data, isPlaceholderData } = useQuery({
    queryKey: keys.suggestions(wanted.text, wanted.at),
    queryFn: ({ signal }) => fetchSuggestions(wanted.text, wanted.at, signal),
    placeholderData: keepPreviousData,
    staleTime: staleMs,
    gcTime: staleMs,
    // To go without is no harm: the search itself says what is wrong.
    retry: false,
    enabled,
  });
  const isCurrent = wanted.text === text && wanted.at === at && !isPlaceholderData;
  return isCurrent ? data : undefined;
}
