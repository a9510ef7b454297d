'use client';

import { Search, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useShortcuts } from '../shell/use-shortcuts.ts';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/input.tsx';
import { parseSearch } from './parse-search.ts';
import type { Mistake } from './search-mistake.tsx';
import { optionId, SuggestionList } from './suggestion-list.tsx';
import { useSuggestions } from './use-suggestions.ts';

const SearchMistake = dynamic(async () => (await import('./search-mistake.tsx')).SearchMistake, { ssr: false });

type SearchBoxProps = {
  /** What the list is searched for now. */
  search: string;
  onSearch(text: string): void;
};

/** Searches all tasks on Enter; while one writes it says what may follow. */
export function SearchBox({ search, onSearch }: SearchBoxProps) {
  const id = useId();
  const listId = `${id}-options`;
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(search);
  const [caret, setCaret] = useState(0);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [mistake, setMistake] = useState<Mistake | null>(null);
  useShortcuts({ '/': { does: 'Search the list', run: () => input.current?.focus() } });

  // The address changed, by the back button or a view: the text follows.
  const [followed, setFollowed] = useState(search);
  if (followed !== search) {
    setFollowed(search);
    setText(search);
    setMistake(null);
  }

  const found = useSuggestions(text, caret, open);
  const options = found?.suggestions ?? [];
  const shown = open && options.length > 0;
  const chosen = options[active];

  const write = (next: string, at: number) => {
    setText(next);
    setCaret(at);
    setActive(-1);
    setMistake(null);
  };
  const submit = async (wanted: string) => {
    setOpen(false);
    const trimmed = wanted.trim();
    const parsed = await parseSearch(trimmed);
    setMistake(parsed.ok ? null : { ...parsed, text: trimmed });
    if (parsed.ok) onSearch(trimmed);
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
      else void submit(text);
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
            onSearch('');
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
