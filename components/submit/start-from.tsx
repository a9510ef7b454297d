'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { toast } from 'sonner';
import { fetchRecentPayloads, fetchTask, fetchTemplates } from '../api/calls.ts';
import { keys } from '../api/keys.ts';
import { toastRefusal } from '../api/toast-refusal.ts';
import type { SubmitInput, SubmitOptions } from '../api/types.ts';
import { visibleText } from '../tasks/visible-text.ts';
import { RelativeTime } from '../time/relative-time.tsx';
import { Button } from '../ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '../ui/dropdown-menu.tsx';

const SaveTemplateDialog = lazy(async () => ({
  default: (await import('./save-template-dialog.tsx')).SaveTemplateDialog,
}));
const TemplatesDialog = lazy(async () => ({ default: (await import('./templates-dialog.tsx')).TemplatesDialog }));

type StartFromProps = {
  definition: string;
  /** What the form says now; null while it is not right. */
  current: SubmitInput | null;
  onStart(start: { payload: unknown; options?: SubmitOptions }): void;
};

/** Fills the form from a template or from what was submitted lately, and keeps what it says as a template. */
export function StartFrom({ definition, current, onStart }: StartFromProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [dialog, setDialog] = useState<'save' | 'manage' | null>(null);
  const templates = useQuery({
    queryKey: keys.templates(definition),
    queryFn: ({ signal }) => fetchTemplates(definition, signal),
    enabled: open || dialog !== null,
  });
  const recent = useQuery({
    queryKey: keys.recentPayloads(definition),
    queryFn: ({ signal }) => fetchRecentPayloads(definition, signal),
    enabled: open,
    staleTime: 5_000,
  });
  const load = useMutation({
    mutationFn: (taskId: string) => fetchTask(taskId),
    onSuccess: ({ payload }) => onStart({ payload }),
    onError: (error) => toastRefusal('The payload was not loaded.', error),
  });
  const close = () => setDialog(null);
  const waiting = templates.isPending || recent.isPending;

  return (
    <>
      <DropdownMenu open={open} onOpenChange={setOpen}>
        <DropdownMenuTrigger asChild>
          <Button ref={trigger} size="sm">
            Start from <ChevronDown />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" className="max-h-[min(28rem,70vh)] w-80 max-w-[90vw] overflow-y-auto">
          <DropdownMenuLabel>Templates</DropdownMenuLabel>
          {templates.data?.map(({ id, name, payload, options }) => (
            <DropdownMenuItem key={id} onSelect={() => onStart({ payload, options })}>
              <span className="truncate">{visibleText(name)}</span>
            </DropdownMenuItem>
          ))}
          {templates.data?.length === 0 ? <Hint>None yet. Keep what the form says as the first one.</Hint> : null}
          <DropdownMenuItem
            disabled={current === null}
            onSelect={() => (current ? setDialog('save') : toast.info('Correct the form first.'))}
          >
            Save as a template …
          </DropdownMenuItem>
          {templates.data?.length ? (
            <DropdownMenuItem onSelect={() => setDialog('manage')}>Delete a template …</DropdownMenuItem>
          ) : null}
          <DropdownMenuSeparator />
          <DropdownMenuLabel>Submitted lately</DropdownMenuLabel>
          {recent.data?.map(({ taskId, preview, createdAt }) => (
            <DropdownMenuItem key={taskId} onSelect={() => load.mutate(taskId)}>
              <span className="min-w-0 flex-1 truncate font-mono text-xs">{visibleText(preview)}</span>
              <RelativeTime at={createdAt} className="shrink-0 text-xs text-muted-foreground" />
            </DropdownMenuItem>
          ))}
          {recent.data?.length === 0 ? <Hint>No task of this type yet.</Hint> : null}
          {waiting ? <Hint>Loading …</Hint> : null}
          {(templates.error ?? recent.error) ? <Hint>This could not be loaded. Open the menu again.</Hint> : null}
        </DropdownMenuContent>
      </DropdownMenu>
      <Suspense>
        {dialog === 'save' && current ? (
          <SaveTemplateDialog
            current={current}
            templates={templates.data ?? []}
            returnFocus={trigger}
            onClose={close}
          />
        ) : null}
        {dialog === 'manage' ? (
          <TemplatesDialog
            definition={definition}
            templates={templates.data ?? []}
            returnFocus={trigger}
            onClose={close}
          />
        ) : null}
      </Suspense>
    </>
  );
}

const Hint = ({ children }: { children: string }) => (
  <p className="px-2 py-1.5 text-xs text-muted-foreground">{children}</p>
);
