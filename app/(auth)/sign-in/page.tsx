import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInForm } from '#components/auth/sign-in-form';
import { Logo } from '#components/shell/logo';
import { safeNextPath } from '#lib/access/index';
import { currentMember } from '../../session.ts';

export const metadata: Metadata = { title: 'Sign in' };

type SignInPageProps = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const next = safeNextPath((await searchParams).next);
  if (await currentMember()) redirect(next);
  return (
    <main className="flex min-h-dvh items-center justify-center px-4 py-10">
      <div className="w-full max-w-88">
        <div className="mb-6 flex flex-col items-center gap-3 text-center">
          <Logo className="size-11" />
          <div>
            <h1 className="text-xl font-semibold tracking-tight">Sign in to Taskdeck</h1>
            <p className="mt-1 text-[13px] text-muted-foreground">Submit tasks and watch them run.</p>
          </div>
        </div>
        <div className="rounded-xl border bg-card p-6 shadow-float">
          <SignInForm next={next} />
        </div>
        <p className="mt-4 text-center text-xs text-muted-foreground">
          No account? An admin of this Taskdeck adds members.
        </p>
      </div>
    </main>
  );
}
