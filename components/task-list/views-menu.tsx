'use client';

import { Bookmark } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRef, useState } from 'react';
import { filterQuery, type TaskFilter } from '../tasks/filter.ts';
import { Button } from '../ui/button.tsx';
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from '../ui/dropdown-menu.tsx';

const ViewsMenuItems = dynamic(async () => (await import('./views-menu-items.tsx')).ViewsMenuItems, { ssr: false });
const SaveViewDialog = dynamic(async () => (await import('./save-view-dialog.tsx')).SaveViewDialog, { ssr: false });
const ManageViewsDialog = dynamic(async () => (await import('./manage-views-dialog.tsx')).ManageViewsDialog, {
  ssr: false,
});

type ViewsMenuProps = { filter: TaskFilter; onOpen(filter: TaskFilter): void };

/** Filters with a name: one's own and those that are shared. */
export function ViewsMenu({ filter, onOpen }: ViewsMenuProps) {
  const [dialog, setDialog] = useState<'save' | 'manage' | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const close = () => setDialog(null);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button ref={trigger} aria-label="Saved views">
            <Bookmark /> <span className="max-xl:sr-only">Views</span>
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent
          align="end"
          className="max-h-(--radix-dropdown-menu-content-available-height) w-60 overflow-y-auto"
        >
          <ViewsMenuItems
            filter={filter}
            onOpen={onOpen}
            onSave={() => setDialog('save')}
            onManage={() => setDialog('manage')}
          />
        </DropdownMenuContent>
      </DropdownMenu>
      {dialog === 'save' ? (
        <SaveViewDialog query={filterQuery(filter).toString()} returnFocus={trigger} onClose={close} />
      ) : null}
      {dialog === 'manage' ? <ManageViewsDialog returnFocus={trigger} onClose={close} /> : null}
    </>
  );
}
