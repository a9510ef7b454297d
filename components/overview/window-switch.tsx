import Link from 'next/link';
import { type StatsWindow, statsWindows } from '#lib/stats/types';
import { cn } from '../ui/cn.ts';
import { windowNames } from './window.ts';

type WindowSwitchProps = {
  window: StatsWindow;
  /** The page, and the window that it has without saying so. */
  path: string;
  byDefault: StatsWindow;
};

/** Chooses how far back the figures reach; the address holds it. */
export function WindowSwitch({ window, path, byDefault }: WindowSwitchProps) {
  return (
    <nav aria-label="Time window" className="inline-flex h-8 items-center gap-0.5 rounded-md bg-muted p-0.5">
      {statsWindows.map((one) => (
        <Link
          key={one}
          href={one === byDefault ? path : `${path}?window=${one}`}
          prefetch={false}
          scroll={false}
          aria-current={one === window ? 'true' : undefined}
          className={cn(
            'inline-flex h-7 items-center rounded-sm px-2.5 text-xs font-medium text-muted-foreground transition-colors hover:text-foreground',
            one === window && 'bg-card text-foreground shadow-card',
          )}
        >
          {windowNames[one].short}
        </Link>
      ))}
    </nav>
  );
}
