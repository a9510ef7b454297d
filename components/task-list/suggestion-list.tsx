import type { Suggestions } from '#lib/search/types';
import { cn } from '../ui/cn.ts';

type SuggestionListProps = {
  id: string;
  suggestions: Suggestions['suggestions'];
  /** The one that the keyboard is on; -1 for none. */
  active: number;
  shown: boolean;
  onChoose(text: string): void;
};

/** The id of an option, for the field that names the active one. */
export const optionId = (listId: string, index: number): string => `${listId}-${index}`;

/** What may stand at the caret of a search. */
export function SuggestionList({ id, suggestions, active, shown, onChoose }: SuggestionListProps) {
  return (
    <ul
      id={id}
      role="listbox"
      aria-label="What may follow"
      hidden={!shown}
      className="absolute inset-x-0 top-full z-30 mt-1 max-h-72 overflow-y-auto rounded-lg border bg-popover p-1 shadow-float"
    >
      {suggestions.map(({ text, detail }, index) => (
        <li
          key={text}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          // Before the blur, which would close the list under the pointer.
          onPointerDown={(event) => {
            event.preventDefault();
            onChoose(text);
          }}
          className={cn(
            'flex cursor-pointer items-baseline gap-3 rounded-sm px-2 py-1.5 text-[13px] hover:bg-accent',
            index === active && 'bg-accent',
          )}
        >
          <span className="truncate font-mono">{text}</span>
          <span className="ml-auto shrink-0 text-xs text-muted-foreground">{detail}</span>
        </li>
      ))}
    </ul>
  );
}
