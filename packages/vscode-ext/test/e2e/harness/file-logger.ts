/**
 * JavaScript text with the face of `@vscode/spdlog`, VS Code's native log writer, in plain Node. Without it there are no
 * log files, and output channels stay empty.
 */
export const fileLogger: string = `
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
  #path; #level = 2; #isPlain = false;
  constructor(_type, _name, path) { this.#path = path; mkdirSync(dirname(path), { recursive: true }); }
  getLevel() { return this.#level; }
  setLevel(level) { this.#level = level; }
  setPattern() {}
  clearFormatters() { this.#isPlain = true; }
  flush() {}
  drop() {}
  write(level, text) {
    if (level < this.#level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    appendFileSync(this.#path, this.#isPlain ? text : time + ' [' + LEVELS[level] + '] ' + text + '\\n');
  }
}
LEVELS.forEach((name, level) => {
  Logger.prototype[name === 'warning' ? 'warn' : name] = function (text) { this.write(level, text); };
});

exports.version = 0;
exports.setLevel = exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = exports.createAsyncRotatingLogger = async (...args) => new Logger('file', ...args);
`;
