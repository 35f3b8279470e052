import { fc } from '@fast-check/vitest';
import { type Application, applications, type Entry } from './application.ts';

/** What must be true of every op; named by the claim. */
export interface Law {
  readonly claim: string;
  /** @throws where it does not hold for the op. */
  readonly check: (entry: Entry, name: string) => void;
}

/**
 * Cases for each law and op, as a share of a property's usual count: there are some 45 ops and a dozen laws, and each
 * case moves every element of every input.
 */
const SHARE = 1 / 25;

/** A law that is tried on many applications of an op; a failure shrinks to a small one. */
export function onApplications(claim: string, check: (app: Application) => void): Law {
  return {
    claim,
    check: (entry) => {
      const numRuns = Math.ceil((fc.readConfigureGlobal().numRuns ?? 100) * SHARE);
      // biome-ignore lint/nursery/noFloatingPromises: the property is synchronous, and so is the assertion
      fc.assert(fc.property(applications(entry), check), { numRuns });
    },
  };
}
