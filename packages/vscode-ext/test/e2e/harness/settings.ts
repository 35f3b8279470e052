/** Settings of every VS Code under test: nothing that asks, advertises, updates, blinks or depends on the machine. */
export const settings: Readonly<Record<string, unknown>> = {
  'workbench.colorTheme': 'Dark Modern',
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  // A window within the window, for settings and trust.
  'workbench.editor.useModal': 'off',
  'window.commandCenter': false,
  'window.menuBarVisibility': 'classic',
  // Without the name of the product, which is the server's.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code's own variables
  'window.title': '${activeEditorShort}${separator}${rootName}',
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'extensions.webWorker': false,
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'npm.autoDetect': 'off',
  'grunt.autoDetect': 'off',
  'gulp.autoDetect': 'off',
  'jake.autoDetect': 'off',
  // Other programs on this machine open ports too.
  'remote.autoForwardPorts': false,
  'debug.openDebug': 'openOnDebugBreak',
  'debug.internalConsoleOptions': 'neverOpen',
  // The caret stands still in pictures, and what a test types is what stands in the file.
  'editor.cursorBlinking': 'solid',
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
  'editor.autoIndent': 'none',
  'editor.fontFamily': "'DejaVu Sans Mono', NanumGothicCoding, monospace",
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
};
