import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A TCP line to a server, which can go silent: it accepts connections and says nothing. Ends with the test. */
export class Line {
  readonly #server: Server;
  readonly #near = new Set<Socket>();
  readonly #far = new Set<Socket>();
  readonly #webSockets = new Set<Socket>();
  #silent = false;

  /** `to` is an address such as `http://127.0.0.1:1234/api`. */
  static async open(to: string): Promise<Line> {
    const line = new Line(Number(new URL(to).port));
    line.#server.listen(0, '127.0.0.1');
    await once(line.#server, 'listening');
    onTestFinished(() => {
      for (const socket of [...line.#near, ...line.#far]) socket.destroy();
      line.#server.close();
    });
    return line;
  }

  private constructor(port: number) {
    this.#server = createServer((near) => {
      this.#near.add(near);
      near
        .on('error', () => {})
        .on('close', () => {
          this.#near.delete(near);
          this.#webSockets.delete(near);
        });
      near.once('data', (bytes) => {
        if (/^upgrade: websocket/imu.test(String(bytes))) this.#webSockets.add(near);
      });
      // Read all the same: else nobody would notice that the client hangs up.
      near.resume();
      if (this.#silent) return;
      const far = connect(port, '127.0.0.1').on('error', () => {});
      this.#far.add(far);
      far.on('close', () => this.#far.delete(far)).on('end', () => near.end());
      near.on('close', () => far.destroy());
      near.on('data', (bytes) => this.#silent || far.write(bytes));
      far.on('data', (bytes) => this.#silent || near.write(bytes));
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many connections the client holds, idle ones included. */
  get held(): number {
    return this.#near.size;
  }

  /** How many of them are WebSockets. */
  get webSockets(): number {
    return this.#webSockets.size;
  }

  goSilent(): void {
    this.#silent = true;
  }
}
