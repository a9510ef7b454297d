import { LockKeyhole } from 'lucide-react';
import { EmptyState } from '../ui/empty-state.tsx';

/** In the place of a page that only admins may see. */
export function ForAdmins() {
  return (
    <>
      <h1 className="sr-only">Not for your role</h1>
      <EmptyState icon={LockKeyhole} title="This page is for admins">
        Your role does not open it. An admin can give you another one.
      </EmptyState>
    </>
  );
}
