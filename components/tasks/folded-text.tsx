'use client';

import { useState } from 'react';
import { visibleText } from './visible-text.ts';

const foldAt = 2_000;
const unfoldBy = 20_000;

/** Text from outside, folded where it is long: a megabyte laid out at once would freeze the page. */
export function FoldedText({ text }: { text: string }) {
  const [shown, setShown] = useState(foldAt);
  if (text.length <= shown) return visibleText(text);
  return (
    <>
      {visibleText(text.slice(0, shown))}
      <button
        type="button"
        className="text-primary hover:underline dark:text-ring"
        onClick={() => setShown(shown + unfoldBy)}
      >
        … {text.length - shown} more characters
      </button>
    </>
  );
}
