'use client';

import { Card } from '../ui/card.tsx';
import { OperationRow } from './operation-row.tsx';
import type { OwnOperation } from './use-own-operations.ts';

/** What was begun from here, how far it is, and the way to stop it or take it back. */
export function OwnOperations({ operations }: { operations: OwnOperation[] }) {
  return (
    <Card>
      <ul aria-label="In the background" className="divide-y">
        {operations.map((operation) => (
          <OperationRow key={operation.id} {...operation} />
        ))}
      </ul>
    </Card>
  );
}
