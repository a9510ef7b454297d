import { say, seconds } from './screen.ts';
import type { Service } from './service.ts';

/** First to be stopped first: what takes in work, then what does it, then what keeps it. */
const stopOrder = ['web', 'worker', 'gateway', 'redis', 'postgres'];

const busyNoteMs = 2_000;

/** The running services, whatever order they came in. */
export class ServiceSet {
  private readonly services: Service[] = [];
  private readonly hurriers = new Set<() => void>();
  private hurried = false;

  add(service: Service): void {
    this.services.push(service);
    this.services.sort((a, b) => stopOrder.indexOf(a.name) - stopOrder.indexOf(b.name));
  }

  /** Stops one after the other. */
  async stopAll(): Promise<void> {
    for (const service of this.services.splice(0)) {
      if (this.hurried) service.kill();
      const hurry = () => service.kill();
      this.hurriers.add(hurry);
      const start = performance.now();
      const note = setTimeout(
        () => say(`  ${service.name} ends what it is doing; Ctrl-C again ends it at once.`),
        busyNoteMs,
      );
      await service.stop();
      clearTimeout(note);
      this.hurriers.delete(hurry);
      say(`✓ ${service.name} stopped (${seconds(performance.now() - start)})`);
    }
  }

  /** From now on nobody is waited for; all survive being ended at once. */
  hurry(): void {
    this.hurried = true;
    for (const hurry of this.hurriers) hurry();
  }
}
