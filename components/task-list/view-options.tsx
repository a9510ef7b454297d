'use client';

import { Columns3 } from 'lucide-react';
import { useAppearance, useChangeAppearance } from '../shell/appearance-provider.tsx';
import { Button } from '../ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '../ui/dropdown-menu.tsx';
import { columns } from './columns.tsx';

type ViewOptionsProps = { shown: string[]; onToggle(id: string): void };

/** Which columns the table has, and how dense it is; kept in this browser. A phone's cards have no columns. */
export function ViewOptions({ shown, onToggle }: ViewOptionsProps) {
  const { density } = useAppearance();
  const change = useChangeAppearance();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button className="max-md:hidden" aria-label="Columns and density">
          <Columns3 /> <span className="max-xl:sr-only">Columns</span>
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>Columns</DropdownMenuLabel>
        {columns
          .filter((column) => !column.fixed)
          .map(({ id, title }) => (
            <DropdownMenuCheckboxItem key={id} checked={shown.includes(id)} onCheckedChange={() => onToggle(id)}>
              {title}
            </DropdownMenuCheckboxItem>
          ))}
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Density</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={density}>
          <DropdownMenuRadioItem value="comfortable" onSelect={() => change({ density: 'comfortable' })}>
            Comfortable
          </DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="compact" onSelect={() => change({ density: 'compact' })}>
            Compact
          </DropdownMenuRadioItem>
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
