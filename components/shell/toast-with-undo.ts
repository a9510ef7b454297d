import { toast } from 'sonner';
import { toastRefusal } from '../api/toast-refusal.ts';

const undoMs = 10_000;

type Undo = {
  /** Takes it back. @throws ApiError when that is refused. */
  undo(): Promise<unknown>;
  /** Said when it was taken back: "The queue goes on." */
  undone: string;
};

/** Says what was done, and for ten seconds offers to take it back. */
export function toastWithUndo(done: string, { undo, undone }: Undo): void {
  const takeBack = async () => {
    try {
      await undo();
      toast.success(undone);
    } catch (error) {
      toastRefusal('It could not be undone.', error);
    }
  };
  toast.success(done, { duration: undoMs, action: { label: 'Undo', onClick: () => void takeBack() } });
}
