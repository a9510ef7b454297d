'use client';

import { Download } from 'lucide-react';
import type { LogLevel } from '#lib/tasks/types';
import { Button } from '../ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from '../ui/dropdown-menu.tsx';

const formats = [
  { format: 'text', label: 'Text, a line a line' },
  { format: 'ndjson', label: 'NDJSON, with all fields' },
] as const;

/** The log as a file: whole, from the server, whatever this page has loaded. */
export function LogDownload({ taskId, level }: { taskId: string; level: LogLevel }) {
  const query = level === 'debug' ? '' : `&level=${level}`;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button size="icon" aria-label="Download the log">
          <Download />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>{level === 'debug' ? 'The whole log' : `Lines of ${level} and worse`}</DropdownMenuLabel>
        {formats.map(({ format, label }) => (
          <DropdownMenuItem key={format} asChild>
            <a href={`/api/tasks/${encodeURIComponent(taskId)}/logs?format=${format}${query}`} download>
              {label}
            </a>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
