'use client';

import { CopyButton } from '../ui/copy-button.tsx';
import { isContainer } from './entries.ts';
import { JsonNode } from './json-node.tsx';
import { JsonScalar } from './json-scalar.tsx';

/** A JSON value to read: text only, collapsible, whatever its size. `label` names it for the copy button. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  return (
    <div className="group/json relative">
      <CopyButton
        text={() => JSON.stringify(value, null, 2)}
        label={label}
        className="absolute top-1 right-2 z-10 bg-card"
      />
      <div className="max-h-112 overflow-auto px-4 py-3 pr-10 font-mono text-xs leading-5">
        {isContainer(value) ? <JsonNode value={value} depth={0} /> : <JsonScalar value={value} />}
      </div>
    </div>
  );
}
