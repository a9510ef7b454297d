'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import type { RefObject } from 'react';
import type { Template } from '#lib/templates/types';
import { deleteTemplate } from '../api/calls.ts';
import { keys } from '../api/keys.ts';
import { toastRefusal } from '../api/toast-refusal.ts';
import { visibleText } from '../tasks/visible-text.ts';
import { RelativeTime } from '../time/relative-time.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from '../ui/dialog.tsx';

type TemplatesDialogProps = {
  definition: string;
  templates: Template[];
  returnFocus: RefObject<HTMLElement | null>;
  onClose(): void;
};

/** The templates of a task type, each with a button that deletes it. */
export function TemplatesDialog({ definition, templates, returnFocus, onClose }: TemplatesDialogProps) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: deleteTemplate,
    onError: (error) => toastRefusal('The template was not deleted.', error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.templates(definition) }),
  });
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent returnFocus={returnFocus}>
        <DialogHeader>
          <DialogTitle>Templates</DialogTitle>
          <DialogDescription>
            They are gone for everybody once they are deleted. Tasks made from them stay.
          </DialogDescription>
        </DialogHeader>
        {templates.length === 0 ? <p className="px-5 py-4 text-[13px] text-muted-foreground">None is left.</p> : null}
        <ul className="divide-y overflow-y-auto">
          {templates.map(({ id, name, createdByName, updatedAt }) => (
            <li key={id} className="flex items-center gap-3 px-5 py-2 text-[13px]">
              <span className="min-w-0 flex-1">
                <span className="block truncate">{visibleText(name)}</span>
                <span className="block truncate text-xs text-muted-foreground">
                  {visibleText(createdByName ?? 'Somebody who is gone')} · <RelativeTime at={updatedAt} />
                </span>
              </span>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Delete ${visibleText(name)}`}
                disabled={remove.isPending}
                onClick={() => remove.mutate(id)}
              >
                <Trash2 />
              </Button>
            </li>
          ))}
        </ul>
      </DialogContent>
    </Dialog>
  );
}
