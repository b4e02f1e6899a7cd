/** Share of one processor core that this process used since the last call, in percent. */
export class CpuMeter {
  #usage: NodeJS.CpuUsage;
  #atMs: number;

  constructor(nowMs: number) {
    this.#usage = process.cpuUsage();
    this.#atMs = nowMs;
  }

  read(nowMs: number): number {
    const { user, system } = process.cpuUsage(this.#usage);
    const passedMs = nowMs - this.#atMs;
    if (passedMs <= 0) return 0;
    this.#usage = process.cpuUsage();
    this.#atMs = nowMs;
    return Math.round(((user + system) / 1000 / passedMs) * 1000) / 10;
  }
}
