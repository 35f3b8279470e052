/*
 * The gates that rules may use, and that values and tensors have as methods. Closed: an op enters when a rule needs
 * it, since whatever stands here is in every bundle.
 */
export { abs } from './abs.ts';
export { add } from './add.ts';
export { div } from './div.ts';
export { eq } from './eq.ts';
export { exp } from './exp.ts';
export { ge } from './ge.ts';
export { gt } from './gt.ts';
export { le } from './le.ts';
export { log } from './log.ts';
export { lt } from './lt.ts';
export { mul } from './mul.ts';
export { neg } from './neg.ts';
export { pow } from './pow.ts';
export { relu } from './relu.ts';
export { sech2 } from './sech2.ts';
export { sigmoid } from './sigmoid.ts';
export { sigmoidSlope } from './sigmoid-slope.ts';
export { sign } from './sign.ts';
export { sqrt } from './sqrt.ts';
export { sub } from './sub.ts';
export { tanh } from './tanh.ts';
export { where } from './where.ts';
