'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { type FormEvent, type RefObject, useState } from 'react';
import { toast } from 'sonner';
import type { SavedView } from '#lib/views/types';
import { keys } from '../api/keys.ts';
import { toastRefusal } from '../api/toast-refusal.ts';
import { toastWithUndo } from '../shell/toast-with-undo.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogContent, DialogHeader, DialogTitle } from '../ui/dialog.tsx';
import { Input } from '../ui/input.tsx';
import { changeView, deleteView, fetchViews, saveView } from './calls.ts';

type ManageViewsDialogProps = { returnFocus: RefObject<HTMLElement | null>; onClose(): void };

/** One's own views: other names, and away with them. */
export function ManageViewsDialog({ returnFocus, onClose }: ManageViewsDialogProps) {
  const views = useQuery({ queryKey: keys.views(), queryFn: ({ signal }) => fetchViews(signal) });
  const own = views.data?.filter((view) => view.own) ?? [];
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent className="max-w-md" returnFocus={returnFocus} aria-describedby={undefined}>
        <DialogHeader>
          <DialogTitle>Your views</DialogTitle>
        </DialogHeader>
        <ul className="divide-y overflow-y-auto">
          {own.map((view) => (
            <ViewRow key={view.id} view={view} />
          ))}
        </ul>
      </DialogContent>
    </Dialog>
  );
}

function ViewRow({ view }: { view: SavedView }) {
  const queryClient = useQueryClient();
  const refetch = () => queryClient.invalidateQueries({ queryKey: keys.views() });
  const [name, setName] = useState(view.name);
  const rename = useMutation({
    mutationFn: () => changeView(view.id, { name: name.trim() }),
    onSuccess: () => toast.success('The view has its new name.'),
    onError: (error) => toastRefusal('The view keeps its name.', error),
    onSettled: refetch,
  });
  const remove = useMutation({
    mutationFn: () => deleteView(view.id),
    onSuccess: () =>
      toastWithUndo(`“${view.name}” is deleted.`, {
        undo: async () => {
          await saveView({ name: view.name, query: view.query, shared: view.shared });
          await refetch();
        },
        undone: 'The view is back.',
      }),
    onError: (error) => toastRefusal('The view was not deleted.', error),
    onSettled: refetch,
  });
  const isChanged = name.trim() !== '' && name.trim() !== view.name;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isChanged) rename.mutate();
  };
  return (
    <li>
      <form className="flex items-center gap-2 px-5 py-2.5" onSubmit={submit}>
        <Input
          aria-label={`Name of ${view.name}`}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" disabled={!isChanged || rename.isPending}>
          Rename
        </Button>
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Delete ${view.name}`}
          disabled={remove.isPending}
          onClick={() => remove.mutate()}
        >
          <Trash2 />
        </Button>
      </form>
    </li>
  );
}
