'use client';

import { Search, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useShortcuts } from '../shell/use-shortcuts.ts';
import type { HistoryStep } from '../tasks/use-filter.ts';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/input.tsx';
import { optionId, SuggestionList } from './suggestion-list.tsx';
import { useSearchText } from './use-search-text.ts';
import { useSuggestions } from './use-suggestions.ts';

const SearchMistake = dynamic(async () => (await import('./search-mistake.tsx')).SearchMistake, { ssr: false });

type SearchBoxProps = {
  /** What the list is searched for now. */
  search: string;
  /** @param step how the search before it is left in the history. */
  onSearch(text: string, step: HistoryStep): void;
};

/** Searches all tasks as one writes, at once on Enter, and says what may follow. */
export function SearchBox({ search, onSearch }: SearchBoxProps) {
  const id = useId();
  const listId = `${id}-options`;
  const input = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState(0);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const typed = useSearchText({ search, onSearch });
  const { text } = typed;
  useShortcuts({ '/': { does: 'Search the list', run: () => input.current?.focus() } });

  const found = useSuggestions(text, caret, open);
  const options = found?.suggestions ?? [];
  const shown = open && options.length > 0;
  const chosen = options[active];
  // What can be completed is not wrong yet.
  const mistake = shown ? null : typed.mistake;

  const write = (next: string, at: number) => {
    typed.write(next);
    setCaret(at);
    setActive(-1);
  };
  const complete = (suggestion: string) => {
    if (!found) return;
    const at = found.from + suggestion.length;
    write(text.slice(0, found.from) + suggestion + text.slice(found.to), at);
    input.current?.focus();
    // After the text is there.
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setOpen(true);
      setActive((at) =>
        options.length === 0 ? -1 : (Math.max(at, step > 0 ? -1 : 0) + step + options.length) % options.length,
      );
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (shown && chosen) complete(chosen.text);
      else {
        setOpen(false);
        void typed.submit();
      }
    } else if (event.key === 'Tab' && shown && chosen) {
      event.preventDefault();
      complete(chosen.text);
    } else if (event.key === 'Escape') {
      if (shown) setOpen(false);
      else input.current?.blur();
    }
  };

  return (
    <div role="search" className="relative min-w-0 flex-1 basis-64">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted-foreground" />
      <Input
        ref={input}
        role="combobox"
        aria-label="Search tasks"
        aria-expanded={shown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown && chosen ? optionId(listId, active) : undefined}
        aria-invalid={mistake ? true : undefined}
        aria-describedby={mistake ? `${id}-mistake` : undefined}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        maxLength={2_000}
        placeholder="Search payload, result, error, id …"
        className="pr-8 pl-8"
        value={text}
        onChange={(event) => {
          write(event.target.value, event.target.selectionStart ?? event.target.value.length);
          setOpen(true);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {text === '' ? null : (
        <Button
          variant="ghost"
          size="icon-sm"
          className="absolute top-0.5 right-0.5 text-muted-foreground"
          aria-label="Clear the search"
          onClick={() => {
            write('', 0);
            typed.clear();
            input.current?.focus();
          }}
        >
          <X />
        </Button>
      )}
      <SuggestionList id={listId} suggestions={options} active={active} shown={shown} onChoose={complete} />
      {mistake ? <SearchMistake id={`${id}-mistake`} mistake={mistake} /> : null}
    </div>
  );
}
