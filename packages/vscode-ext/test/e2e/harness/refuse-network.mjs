// @ts-check
/**
 * Loaded into every Node process of a VS Code under test, before anything else: a connection to another machine fails,
 * and is written to the file `$REFUSED_CONNECTIONS`, one a line.
 */
import { appendFileSync } from 'node:fs';
import { Socket } from 'node:net';

const LOOPBACK = /^(localhost|127\.[\d.]+|::1|\[::1\])$/;
const record = process.env.REFUSED_CONNECTIONS;
const connect = Socket.prototype.connect;

/**
 * @this {Socket}
 * @param {any[]} args as `net.connect` takes them, or in the one array that it makes of them
 */
Socket.prototype.connect = function (...args) {
  const [target, second] = Array.isArray(args[0]) ? args[0] : args;
  const isLocalSocket = typeof target === 'string' && !/^\d+$/.test(target);
  const { host, port = target } = typeof target === 'object' ? target : { host: second };
  const isOutside = typeof host === 'string' && !LOOPBACK.test(host) && !isLocalSocket && !target?.path;
  if (!isOutside) return Reflect.apply(connect, this, args);
  if (record) appendFileSync(record, `${host}:${port} by ${process.argv.slice(1, 3).join(' ') || process.title}\n`);
  queueMicrotask(() => this.destroy(new Error(`${host} is another machine: refused by the end-to-end tests`)));
  return this;
};
