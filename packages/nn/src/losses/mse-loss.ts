import { square, sub, type Tensor } from '@backflow/autograd';
import { checkSameShape, Loss, type LossOptions, reduceLoss } from './loss.ts';

/**
 * Mean squared error, (input − target)².
 *
 * @throws ShapeError unless both have one shape.
 */
export function mseLoss(input: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkSameShape('mseLoss', input, target);
  return reduceLoss('mseLoss', square(sub(input, target)), options);
}

/** `mseLoss` as a module. */
export class MSELoss extends Loss {
  forward(input: Tensor, target: Tensor): Tensor {
    return mseLoss(input, target, this);
  }
}
