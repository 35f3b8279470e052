import { formatCount } from '@backflow/insight';
import type { Translate } from '../words.ts';
import type { Status } from './status-of.ts';

/** What the status item says and does. */
export interface StatusWords {
  readonly text: string;
  readonly tooltip: string;
  readonly command: string;
}

/** The words of a status; undefined for nothing to say. */
export function statusWords(status: Status, t: Translate): StatusWords | undefined {
  switch (status.kind) {
    case 'none':
      return undefined;
    case 'running':
      return { text: `$(sync~spin) ${status.progress}`, tooltip: t('Press to stop the run'), command: 'backflow.stop' };
    case 'flow':
      return {
        text: `$(pulse) ${t('Gradient flow at step {0}', formatCount(status.step))}`,
        tooltip: t('Press to read what the run said'),
        command: 'backflow.showOutput',
      };
    case 'untrusted':
      return {
        text: `$(workspace-untrusted) ${t('Backflow: restricted')}`,
        tooltip: t('Backflow runs nothing in Restricted Mode. Press to manage trust.'),
        command: 'workbench.trust.manage',
      };
    case 'failed':
      return {
        text: `$(error) ${t('Backflow: the run failed')}`,
        tooltip: t('It failed before there was a gradient to show. Press to read why.'),
        command: 'backflow.showOutput',
      };
    case 'not-run':
      return {
        text: `$(pulse) ${t('Backflow: not run yet')}`,
        tooltip: t('Run this file to see the gradient at every layer. Press to run it.'),
        command: 'backflow.run',
      };
    case 'edited-since':
      return {
        text: `$(pulse) ${t('Backflow: edited since its run')}`,
        tooltip: t('This file is not the one that ran, so its flow cannot be placed. Press to run it.'),
        command: 'backflow.run',
      };
    case 'earlier':
      return {
        text: `$(history) ${t('Gradient flow of an earlier version')}`,
        tooltip: t('You have edited this file since its run. Press to run it again.'),
        command: 'backflow.run',
      };
    case 'no-layers':
      return {
        text: `$(pulse) ${t('Backflow: no layers')}`,
        tooltip: t('The run made no layer in this file, so there is no flow to show. Press to read what it said.'),
        command: 'backflow.showOutput',
      };
    case 'no-steps':
      return {
        text: `$(pulse) ${t('Backflow: no training step')}`,
        tooltip: t('No step was finished, so no gradient has arrived anywhere. Press to read what the run said.'),
        command: 'backflow.showOutput',
      };
    case 'hidden':
      return {
        text: `$(eye-closed) ${t('Gradient flow hidden')}`,
        tooltip: t('Press to show it.'),
        command: 'backflow.toggleFlow',
      };
    case 'bars-only':
      return {
        text: `$(pulse) ${t('Inlay hints are off: bars only')}`,
        tooltip: t('The figures are inlay hints. Press to switch them on.'),
        command: 'backflow.showHints',
      };
  }
}
