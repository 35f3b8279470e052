import { casesHold, isNamedOnce, liesBetweenSlopes, saysWhatItDoes } from './fact-laws.ts';
import {
  agreesAtSecondOrder,
  agreesWithDifferences,
  isCloseInFloat32,
  isLinearUpstream,
  isSameWithGraph,
} from './gradient-laws.ts';
import type { Law } from './law.ts';
import { staysTameAtSecondOrder } from './second-order-laws.ts';
import { isSameTapedOrNot, keepsShapeAndDtype, leavesInputsAlone, scalarIsElement } from './value-laws.ts';

/** What is demanded of every op. */
export const laws = {
  agreesWithDifferences,
  agreesAtSecondOrder,
  staysTameAtSecondOrder,
  keepsShapeAndDtype,
  isLinearUpstream,
  isSameTapedOrNot,
  scalarIsElement,
  isSameWithGraph,
  isCloseInFloat32,
  leavesInputsAlone,
  casesHold,
  liesBetweenSlopes,
  isNamedOnce,
  saysWhatItDoes,
} satisfies Readonly<Record<string, Law>>;
