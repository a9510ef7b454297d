'use client';

import { Terminal } from 'lucide-react';
import { toast } from 'sonner';
import type { TaskDetail } from '#lib/tasks/types';
import { type LikeDefaults, submitLike } from '../submit/like-this.ts';
import { Button } from '../ui/button.tsx';
import { submitCurl } from './curl.ts';

/** Copies a call that submits the same task once more. */
export function CopyCurl({ task, defaults }: { task: TaskDetail; defaults: LikeDefaults | null }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(submitCurl(window.location.origin, submitLike(task, defaults)));
      toast.success('Copied: a call that submits the same task.', {
        description: 'It takes your API key from $TASKDECK_API_KEY.',
      });
    } catch {
      toast.error('The browser did not allow copying.', { description: 'Allow it for this page and try again.' });
    }
  };
  return (
    <Button size="sm" variant="ghost" onClick={() => void copy()}>
      <Terminal /> Copy as curl
    </Button>
  );
}
