'use client';

import { useEffect, useState } from 'react';
import { SearchX } from 'lucide-react';
import { ApiError, describeError, fieldMessages } from '../api/problem.ts';
import type { TaskFilter } from '../tasks/filter.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { parseSearch } from './parse-search.ts';
import { type Mistake, SearchMistake } from './search-mistake.tsx';

type ListErrorProps = { error: unknown; filter: TaskFilter; onRetry(): void; onClear(): void };

/** Why the list is not there, or not new: the filter cannot be read, or the server cannot be asked. */
export function ListError({ error, filter, onRetry, onClear }: ListErrorProps) {
  const isRefused = error instanceof ApiError && error.fields.length > 0;
  const mistake = useMistake(fieldMessages(error, '/q').length > 0 ? (filter.q ?? '') : '');
  const { title, hint } = describeError(error);
  if (isRefused) {
    return (
      <Card>
        <EmptyState
          icon={SearchX}
          title={mistake ? 'This search cannot be read' : title}
          action={<Button onClick={onClear}>Clear filters</Button>}
        >
          {mistake ? (
            <SearchMistake id="search-mistake" mistake={mistake} />
          ) : (
            error.fields.map(({ pointer, message }) => <p key={pointer}>{`${pointer.slice(1)} ${message}`}</p>)
          )}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Notice tone="error" title={`The list could not be updated. ${title}`}>
      {hint}
      <Button size="sm" className="mt-1.5 flex" onClick={onRetry}>
        Try again
      </Button>
    </Notice>
  );
}

/** Where the mistake of a search lies: the server names it in words only. */
function useMistake(text: string): Mistake | null {
  const [mistake, setMistake] = useState<Mistake | null>(null);
  useEffect(() => {
    let wanted = true;
    void parseSearch(text).then((parsed) => {
      if (wanted) setMistake(parsed.ok ? null : { ...parsed, text });
    });
    return () => {
      wanted = false;
    };
  }, [text]);
  return mistake;
}
