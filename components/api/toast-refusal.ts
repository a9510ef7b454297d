import { toast } from 'sonner';
import { describeError } from './problem.ts';

/** Says what was not done, and why. */
export function toastRefusal(notDone: string, error: unknown): void {
  const { title, hint } = describeError(error);
  toast.error(notDone, { description: hint ? `${title} ${hint}` : title });
}
