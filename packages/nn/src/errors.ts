import { BackflowError } from '@backflow/autograd';

/** An argument that cannot work: a learning rate of 0, no parameters, a layer without features. */
export class ArgumentError extends BackflowError {
  constructor(message: string) {
    super('argument', message);
  }
}

/** What a runner provided for a setting does not fit the default's type. */
export class SettingError extends BackflowError {
  constructor(message: string) {
    super('setting', message);
  }
}
