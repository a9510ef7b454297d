'use client';

import { Menu } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Sheet, SheetContent, SheetTitle, SheetTrigger } from '../ui/sheet.tsx';
import { Logo } from './logo.tsx';
import { Nav } from './nav.tsx';

export function PhoneMenu() {
  const [open, setOpen] = useState(false);
  return (
    <Sheet open={open} onOpenChange={setOpen}>
      <SheetTrigger asChild>
        <Button variant="ghost" size="icon" className="lg:hidden" aria-label="Menu">
          <Menu />
        </Button>
      </SheetTrigger>
      <SheetContent>
        <SheetTitle className="flex h-14 items-center gap-2 px-4 text-sm font-semibold">
          <Logo className="size-6" /> Taskdeck
        </SheetTitle>
        <div className="px-2">
          <Nav onNavigate={() => setOpen(false)} />
        </div>
      </SheetContent>
    </Sheet>
  );
}
