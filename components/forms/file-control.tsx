'use client';

import { useMutation } from '@tanstack/react-query';
import { FileUp, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { maxFileBytes } from '#lib/files/types';
import { uploadFile } from '../api/calls.ts';
import { describeError } from '../api/problem.ts';
import { visibleText } from '../tasks/visible-text.ts';
import { Button } from '../ui/button.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { formatBytes } from './format-bytes.ts';
import type { ControlProps } from './field-control.tsx';

/** Uploads a file and puts its id into the payload. */
export function FileControl({ id, accept, value, invalid, describedBy, onChange }: ControlProps & { accept: string }) {
  const input = useRef<HTMLInputElement>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const upload = useMutation({
    mutationFn: (file: File) => uploadFile(file, AbortSignal.timeout(120_000)),
    onSuccess: (file) => onChange(file.id),
  });

  const choose = (file: File | undefined) => {
    if (input.current) input.current.value = '';
    if (!file) return;
    setTooLarge(file.size > maxFileBytes);
    if (file.size <= maxFileBytes) upload.mutate(file);
  };

  return (
    <div className="flex flex-col gap-1.5">
      <input
        ref={input}
        id={id}
        type="file"
        accept={accept || undefined}
        className="peer sr-only"
        onChange={(event) => choose(event.target.files?.[0])}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
      />
      <div
        className="flex items-center gap-3 rounded-md border border-dashed border-input bg-card px-3 py-2.5 text-[13px] peer-focus-visible:outline-2 peer-focus-visible:outline-ring"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          choose(event.dataTransfer.files[0]);
        }}
      >
        {upload.isPending ? <Spinner /> : <FileUp aria-hidden className="size-4 text-muted-foreground" />}
        <span className="min-w-0 flex-1 break-words" role="status">
          <FileText value={value} pending={upload.isPending} uploaded={upload.data} />
        </span>
        {typeof value === 'string' && value !== '' ? (
          <Button variant="ghost" size="icon-sm" aria-label="Remove the file" onClick={() => onChange(undefined)}>
            <X />
          </Button>
        ) : null}
        <Button size="sm" disabled={upload.isPending} onClick={() => input.current?.click()}>
          Choose file
        </Button>
      </div>
      {tooLarge ? (
        <p role="alert" className="text-xs text-destructive">
          The file is larger than {formatBytes(maxFileBytes)}.
        </p>
      ) : null}
      {upload.error ? (
        <p role="alert" className="text-xs text-destructive">
          {describeError(upload.error).title}
        </p>
      ) : null}
    </div>
  );
}

type FileTextProps = {
  value: unknown;
  pending: boolean;
  uploaded: { id: string; name: string; size: number } | undefined;
};

function FileText({ value, pending, uploaded }: FileTextProps) {
  if (pending) return 'Uploading …';
  if (typeof value !== 'string' || value === '')
    return <span className="text-muted-foreground">Drop a file here, up to {formatBytes(maxFileBytes)}</span>;
  if (uploaded?.id !== value) return <span className="font-mono text-xs">{visibleText(value)}</span>;
  return (
    <>
      {visibleText(uploaded.name)} <span className="text-muted-foreground">{formatBytes(uploaded.size)}</span>
    </>
  );
}
