// @ts-check
/**
 * Loaded into every Node process of a VS Code under test and its workers, which only `--require` reaches: a connection
 * to another machine fails.
 * The file `$NETWORK_LOG` gets a line for each process that is watched, and one for each connection refused.
 */
const { appendFileSync } = require('node:fs');
const { Socket } = require('node:net');

const LOOPBACK = /^(localhost|127\.[\d.]+|::1)$/;
const program = process.argv.slice(1, 3).join(' ') || process.execPath;
const connect = Socket.prototype.connect;

// For what this process starts; VS Code has taken it out for its own extension host.
process.env.NODE_OPTIONS ??= `--require=${JSON.stringify(__filename)}`;
write(`watching ${program}`);

/**
 * @this {Socket}
 * @param {any[]} args as `net.connect` takes them, or in the one array that it makes of them
 */
Socket.prototype.connect = function (...args) {
  const [target, second] = Array.isArray(args[0]) ? args[0] : args;
  const { host, port, path } = typeof target === 'object' ? target : { host: second, port: target };
  // No host is this machine, and so is a port that is no number: a socket in the file system.
  const isOutside = !path && Number.isFinite(Number(port)) && typeof host === 'string' && !LOOPBACK.test(host);
  if (!isOutside) return Reflect.apply(connect, this, args);
  write(`refused ${host}:${port}, by ${program}`);
  queueMicrotask(() => this.destroy(new Error(`${host} is another machine: refused by the end-to-end tests`)));
  return this;
};

/** @param {string} line */
function write(line) {
  if (process.env.NETWORK_LOG) appendFileSync(process.env.NETWORK_LOG, `${line}\n`);
}
